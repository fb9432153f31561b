import type { CheckResult } from '../core/check-result.ts'
import { Problem } from '../core/errors.ts'
import { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { AnyVendor } from '../vendors/definition.ts'
import { formatExpiry, formatAccountProblem } from './fetch-token.ts'

/** Fetches an access token of the account, and tests its scopes and the version of the vendor's API. Closes the account. */
export async function checkAccount(
  { upstream, vendor }: Account,
  definition: AnyVendor,
  timeoutMs: number,
): Promise<CheckResult> {
  const signal = AbortSignal.timeout(timeoutMs)
  const time = { deadline: Date.now() + timeoutMs }
  try {
    const token = await upstream.getToken(signal)
    await vendor.checkVersion?.(new CallContext({ caller: 'parley check', signal, time }))
    const notes = token.scopes ? listMissingScopes(definition, token.scopes) : []
    return { isOk: true, message: `ok, ${formatExpiry(token)}`, notes }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { isOk: false, message: formatAccountProblem(error) }
  } finally {
    await upstream.close()
  }
}

const listMissingScopes = ({ findMissingScopes }: AnyVendor, granted: readonly string[]): string[] =>
  (findMissingScopes?.(granted) ?? []).map(
    ({ capability, scopes }) =>
      `the token lacks scopes for ${capability}: ${scopes.map((names) => names.join(' or ')).join(', ')}`,
  )
