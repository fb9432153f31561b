import type { AccountConfiguration, Configuration } from '../config/configuration.ts'
import type { Problem } from '../core/errors.ts'
import type { Token } from '../upstream/auth-scheme.ts'
import { openAccount } from '../vendors/accounts.ts'

/** Fetches a new access token of an account, as the server does. @throws Problem if no token can be obtained. */
export async function fetchToken(settings: AccountConfiguration, { limits }: Configuration): Promise<Token> {
  const { upstream } = openAccount(settings, { limits: limits.upstream })
  try {
    return await upstream.getToken(AbortSignal.timeout(limits.operationDeadline))
  } finally {
    await upstream.close()
  }
}

export const formatExpiry = ({ expiresAt }: Token): string =>
  expiresAt === null ? 'the token does not expire' : `the token expires at ${new Date(expiresAt).toISOString()}`

/** Formats a problem with its code and the vendor message. */
export function formatAccountProblem({ code, message, vendorCode, vendorMessage }: Problem): string {
  const vendorText = [vendorCode, vendorMessage].filter(Boolean).join(': ')
  return `${code}: ${message}${vendorText ? ` Vendor message: ${vendorText}` : ''}`
}
