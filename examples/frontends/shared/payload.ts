/** What every mutation answers. */
export interface Payload {
  outcome: string
  problems: readonly { message: string }[]
}

export function tell({ outcome, problems }: Payload): string {
  return [outcome, ...problems.map(({ message }) => message)].join(': ')
}
