import { createResponseError } from '../client/errors.ts'
import type { ParleyError } from '../client/errors.ts'
import type { GraphqlResponse } from '../client/graphql-response.ts'

/** Exit codes of every command. `src/cli/commands/shared.ts` describes them. */
export const exit = { success: 0, rejected: 1, usage: 2, unknown: 3, unavailable: 4 } as const

/** The command line is invalid, or a file cannot be read. */
export class UsageError extends Error {}

export function getExitCodeOfError({ outcomeUnknown, retryable, code }: ParleyError): number {
  if (outcomeUnknown) return exit.unknown
  if (retryable) return exit.unavailable
  // The URL is wrong: its response is not a GraphQL response and will not be one later.
  return code === 'UNREACHABLE' ? exit.usage : exit.rejected
}

export function getExitCodeOfOutcome(outcome: unknown): number {
  if (outcome === 'UNKNOWN' || outcome === 'PENDING') return exit.unknown
  if (outcome === 'REJECTED') return exit.rejected
  return outcome === 'NOT_SENT' ? exit.unavailable : exit.success
}

/** Returns the worst exit code of all mutations in the response: first unknown, then rejected, then unavailable. */
export function getExitCodeOfResponse({ data, errors }: GraphqlResponse, isMutation: boolean): number {
  const payloads = isMutation ? Object.values(data ?? {}) : []
  const codes: number[] = payloads.map((payload) =>
    getExitCodeOfOutcome((payload as { outcome?: unknown } | null)?.outcome),
  )
  if (errors.length > 0) {
    const isPayloadMissing = isMutation && (data === null || payloads.includes(null))
    codes.push(getExitCodeOfError(createResponseError(errors, data, isPayloadMissing)))
  }
  const worst = [exit.unknown, exit.rejected, exit.unavailable].find((code) => codes.includes(code))
  return worst ?? exit.success
}
