/** Fields of every mutation payload. */
export interface Payload {
  outcome: string
  problems: readonly { message: string }[]
}

/** Returns the outcome and the messages of the problems as one line. */
export function formatPayload({ outcome, problems }: Payload): string {
  return [outcome, ...problems.map(({ message }) => message)].join(': ')
}
