import type { AccountConfiguration, Configuration } from '../config.ts'
import type { Problem } from '../errors.ts'
import type { Token } from '../upstream/grant.ts'
import { openAccount } from '../vendors/accounts.ts'

/** A fresh token of one account, as the server would fetch it. Throws Problem. */
export async function fetchToken(settings: AccountConfiguration, { limits }: Configuration): Promise<Token> {
  const { upstream } = openAccount(settings, { limits: limits.upstream })
  try {
    return await upstream.token(AbortSignal.timeout(limits.operationDeadline))
  } finally {
    await upstream.close()
  }
}

export const endOf = ({ expiresAt }: Token): string =>
  expiresAt === null ? 'that does not end' : `until ${new Date(expiresAt).toISOString()}`

/** With what the vendor said. */
export function describe({ code, message, vendorCode, vendorMessage }: Problem): string {
  const words = [vendorCode, vendorMessage].filter(Boolean).join(': ')
  return `${code}: ${message}${words ? ` The vendor says: ${words}` : ''}`
}
