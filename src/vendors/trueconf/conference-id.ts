import { createHash } from 'node:crypto'
import type { NewConference } from '../vendor-inputs.ts'
import { createInputProblem } from '../kit/problems.ts'

/** Observed state of the server's license. */
export interface IdLicense {
  /** Whether callers can choose conference IDs. Null until a created conference has shown it. */
  canChooseIds: boolean | null
}

/** Maximum number of IDs that Parley tries for one conference. A server uses only some thousands of 9 billion. */
const maxGeneratedIds = 3

/** Returns the ID that the caller chose for a new conference. Null if there is none. @throws `BAD_USER_INPUT` */
export function getChosenId({ vendorOptions }: Pick<NewConference, 'vendorOptions'>): string | null {
  const id = vendorOptions?.['id'] ?? null
  if (id === null || (typeof id === 'string' && /^\w{1,128}$/.test(id))) return id
  throw createInputProblem(
    ['vendorOptions', 'id'],
    'must be a string of 1 to 128 letters (A to Z, a to z), digits, and underscores',
  )
}

/** Lists the IDs to try for a new conference, in order. The same for every attempt. Ten digits, like the server's IDs. */
export function listIds(input: Pick<NewConference, 'vendorOptions' | 'clientAssignedId'>): string[] {
  const chosen = getChosenId(input)
  if (chosen !== null) return [chosen]
  return Array.from({ length: maxGeneratedIds }, (_, index) => {
    const digest = createHash('sha256').update(`${index} ${input.clientAssignedId}`).digest()
    return String(1_000_000_000 + (digest.readUIntBE(0, 6) % 9_000_000_000))
  })
}
