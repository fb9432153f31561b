import type { AccountConfiguration, Configuration } from '../config/configuration.ts'
import type { Problem } from '../core/errors.ts'
import type { Token } from '../upstream/auth-scheme.ts'
import { openAccount } from '../vendors/accounts.ts'

/** Fetches a new token of one account in the same way as the server. @throws Problem if the vendor returns none. */
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

/** Includes the vendor's message. */
export function formatProblem({ code, message, vendorCode, vendorMessage }: Problem): string {
  const words = [vendorCode, vendorMessage].filter(Boolean).join(': ')
  return `${code}: ${message}${words ? ` Vendor message: ${words}` : ''}`
}
