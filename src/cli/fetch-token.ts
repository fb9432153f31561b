import type { AccountConfiguration, Configuration } from '../config.ts'
import type { Problem } from '../errors.ts'
import { createCall } from '../upstream/call.ts'
import type { Token } from '../upstream/grant.ts'
import { openAccount } from '../vendors/accounts.ts'

/** Fetches a new token of one account in the same way as the server. @throws Problem if the vendor returns none. */
export async function fetchToken(
  settings: AccountConfiguration,
  { limits }: Configuration,
  { checksVersion = false } = {},
): Promise<Token> {
  const { upstream, vendor } = openAccount(settings, { limits: limits.upstream })
  const deadline = Date.now() + limits.operationDeadline
  const signal = AbortSignal.timeout(limits.operationDeadline)
  try {
    const token = await upstream.token(signal)
    if (checksVersion) await vendor.checkVersion?.(createCall({ caller: 'parley check', signal, deadline }))
    return token
  } finally {
    await upstream.close()
  }
}

export const formatExpiry = ({ expiresAt }: Token): string =>
  expiresAt === null ? 'the token does not expire' : `the token expires at ${new Date(expiresAt).toISOString()}`

/** Includes the vendor's message. */
export function formatProblem({ code, message, vendorCode, vendorMessage }: Problem): string {
  const words = [vendorCode, vendorMessage].filter(Boolean).join(': ')
  return `${code}: ${message}${words ? ` Vendor message: ${words}` : ''}`
}
