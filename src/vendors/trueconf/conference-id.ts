import { createHash } from 'node:crypto'
import type { NewConference } from '../vendor.ts'
import { createInputProblem } from '../kit/problems.ts'

/** Whether the server's license lets callers choose IDs, as far as the server has shown it; null before. */
export interface IdLicense {
  canChooseIds: boolean | null
}

/** IDs that Parley tries for one conference. Few are needed: of 9 billion, a server uses some thousands. */
const maxGeneratedIds = 3

/** The ID that the caller chose for a new conference; null if none. @throws BAD_USER_INPUT */
export function getChosenId({ vendorOptions }: Pick<NewConference, 'vendorOptions'>): string | null {
  const id = vendorOptions?.['id'] ?? null
  if (id === null || (typeof id === 'string' && /^\w{1,128}$/.test(id))) return id
  throw createInputProblem(
    ['vendorOptions', 'id'],
    'must be a text of 1 to 128 letters from a to z, digits, and underscores',
  )
}

/** The IDs to try for a new conference in this order: ten digits, as the server's own have. The same at every try. */
export function listIds(input: Pick<NewConference, 'vendorOptions' | 'naturalKey'>): string[] {
  const chosen = getChosenId(input)
  if (chosen !== null) return [chosen]
  return Array.from({ length: maxGeneratedIds }, (_, index) => {
    const digest = createHash('sha256').update(`${index} ${input.naturalKey}`).digest()
    return String(1_000_000_000 + (digest.readUIntBE(0, 6) % 9_000_000_000))
  })
}
