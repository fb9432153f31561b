import type { CheckResult } from '../core/check-result.ts'
import { Problem } from '../core/errors.ts'
import { listOrigins } from '../events/watch/source-states.ts'
import { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { AnyVendor } from '../vendors/definition.ts'
import { formatExpiry, formatAccountProblem } from './fetch-token.ts'

/** Limits that `checkAccount` uses and reports, in milliseconds. */
export interface CheckAccountLimits {
  operationDeadline: number
  eventPoll: number
}

/**
 * Fetches an access token of the account, and tests its scopes and the version of the vendor's API. Reports how the account
 * is watched, without a test: a connection of its own would end the one of a running server. Closes the account.
 */
export async function checkAccount(
  account: Account,
  definition: AnyVendor,
  { operationDeadline, eventPoll }: CheckAccountLimits,
): Promise<CheckResult> {
  const { upstream, vendor } = account
  const signal = AbortSignal.timeout(operationDeadline)
  const time = { deadline: Date.now() + operationDeadline }
  const watching = formatWatching(account, eventPoll)
  try {
    const token = await upstream.getToken(signal)
    await vendor.checkVersion?.(new CallContext({ caller: 'parley check', signal, time }))
    const notes = token.scopes ? listMissingScopes(definition, token.scopes) : []
    return { isOk: true, message: `ok, ${formatExpiry(token)}`, notes: [watching, ...notes] }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { isOk: false, message: formatAccountProblem(error), notes: [watching] }
  } finally {
    await upstream.close()
  }
}

/** Returns how the events of the account will arrive, or what to configure so that they do. */
function formatWatching(account: Account, eventPollMs: number): string {
  const origins = listOrigins(account)
  const { pushedEvents } = account.vendor
  if (origins.length === 0) return `not watched. ${pushedEvents?.setupHint ?? 'The vendor reports no events.'}`
  const ways = origins.map((origin) =>
    origin === 'POLL' ? `POLL, every ${eventPollMs / 1000} s, or less often if the list has many pages` : origin,
  )
  return `watched by ${ways.join(' and ')}`
}

const listMissingScopes = ({ findMissingScopes }: AnyVendor, granted: readonly string[]): string[] =>
  (findMissingScopes?.(granted) ?? []).map(
    ({ capability, scopes }) =>
      `the token lacks scopes for ${capability}: ${scopes.map((names) => names.join(' or ')).join(', ')}`,
  )
