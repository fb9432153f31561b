import { z } from 'zod'
import { scopes, type ApiClient } from '../auth/caller.ts'
import { callerLimits } from './caller-limits.ts'
import type { ConfigurationIssues } from './issues.ts'

const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits: the SHA-256 of the API key, never the key itself')
  .transform((text) => text.toLowerCase())
  .refine((text) => text !== digestOfNothing, 'is the SHA-256 of an empty key; hash the key itself')

const digests = z
  .array(digest)
  .min(1, 'name at least one hash')
  .max(2, 'must have at most two hashes: one of the key in use, and one of the key that replaces it')

const createClientSchema = (accountKeys: readonly string[]) =>
  z.strictObject({
    name: z.string().regex(/^[\w.@-]{1,80}$/, 'must be 1 to 80 letters, digits or any of . _ - @'),
    apiKeySha256: z.union([digest, digests]),
    scopes: z.array(z.enum(scopes)).min(1, `name at least one of ${scopes.join(', ')}`),
    accounts: z
      .array(z.string().refine((key) => accountKeys.includes(key), `no such account; one of ${accountKeys.join(', ')}`))
      .min(1, 'name at least one account; take the line out to allow all')
      .optional()
      .transform((keys) => keys ?? null),
    limits: callerLimits,
  })

/** `accountKeys`: those that a client may name. */
export function checkClients(
  value: readonly unknown[],
  accountKeys: readonly string[],
  findings: ConfigurationIssues,
): ApiClient[] {
  const schema = createClientSchema(accountKeys)
  const clients = value.map((entry, index) => findings.validate(schema, entry, ['clients', index]))
  for (const name of ['name', 'apiKeySha256'] as const) {
    const seen = new Map<string, number>()
    for (const [index, entry] of clients.entries())
      for (const value of entry ? [entry[name]].flat() : []) {
        const before = seen.get(value)
        if (before === undefined) seen.set(value, index)
        else findings.add(['clients', index, name], describeRepetition(before, index))
      }
  }
  return clients.filter((entry) => entry !== undefined)
}

const describeRepetition = (before: number, index: number): string =>
  before === index
    ? 'holds one hash twice; give each key its own'
    : `the same as that of clients[${before}]; give each its own`
