import { createResponseError } from '../client/errors.ts'
import type { ParleyError } from '../client/errors.ts'
import type { GraphqlResponse } from '../client/graphql-response.ts'

/** What the exit codes of every command mean. */
export const exit = { done: 0, refused: 1, usage: 2, unknown: 3, unavailable: 4 } as const

/** The command line is wrong, or a file that it names. */
export class UsageError extends Error {}

export function getExitCodeOfError({ outcomeUnknown, retryable, code }: ParleyError): number {
  if (outcomeUnknown) return exit.unknown
  if (retryable) return exit.unavailable
  // The response is not a GraphQL response, and will not be one later: the URL is wrong.
  return code === 'UNREACHABLE' ? exit.usage : exit.refused
}

export function getExitCodeOfOutcome(outcome: unknown): number {
  if (outcome === 'UNKNOWN' || outcome === 'PENDING') return exit.unknown
  if (outcome === 'REJECTED') return exit.refused
  return outcome === 'NOT_SENT' ? exit.unavailable : exit.done
}

/** Of several mutations the worst counts: one that nobody knows of, then a refusal. */
export function getExitCodeOfResponse({ data, errors }: GraphqlResponse, mutation: boolean): number {
  const payloads = mutation ? Object.values(data ?? {}) : []
  const codes: number[] = payloads.map((payload) =>
    getExitCodeOfOutcome((payload as { outcome?: unknown } | null)?.outcome),
  )
  if (errors.length > 0) {
    const unanswered = mutation && (data === null || payloads.includes(null))
    codes.push(getExitCodeOfError(createResponseError(errors, data, unanswered)))
  }
  const worst = [exit.unknown, exit.refused, exit.unavailable].find((code) => codes.includes(code))
  return worst ?? exit.done
}
