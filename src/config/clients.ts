import { z } from 'zod'
import { scopes, type ApiClient } from '../auth/caller.ts'
import { callerLimits } from './caller-limits.ts'
import { documents, resolveDocumentPaths } from './trusted-documents.ts'
import type { ConfigurationIssues } from './issues.ts'

const emptyKeyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits: the SHA-256 of the API key, not the key itself.')
  .transform((text) => text.toLowerCase())
  .refine((text) => text !== emptyKeyDigest, 'is the SHA-256 of an empty string. Hash the API key.')

const digests = z
  .array(digest)
  .min(1, 'must have at least one hash.')
  .max(2, 'must have at most two hashes: one of the current key, and one of the key that replaces it.')

const createClientSchema = (accountKeys: readonly string[], directory: string) =>
  z.strictObject({
    name: z.string().regex(/^[\w.@-]{1,80}$/, 'must have 1 to 80 letters, digits, or any of . _ - @.'),
    apiKeySha256: z.union([digest, digests]),
    scopes: z.array(z.enum(scopes)).min(1, `must have at least one of ${scopes.join(', ')}.`),
    accounts: z
      .array(
        z
          .string()
          .refine(
            (key) => accountKeys.includes(key),
            `must be the key of an account. Accounts: ${accountKeys.join(', ')}.`,
          ),
      )
      .min(1, 'must have at least one account. Remove the setting to allow all accounts.')
      .optional()
      .transform((keys) => keys ?? null),
    documents: documents.optional().transform((settings) => settings && resolveDocumentPaths(settings, directory)),
    limits: callerLimits,
  })

interface ClientValidationOptions {
  accountKeys: readonly string[]
  directory: string
  issues: ConfigurationIssues
}

/**
 * Returns the valid API clients, in the order of the configuration. Adds the problems of the others to `issues`, also names
 * and hashes that are not unique.
 *
 * @param options `accountKeys`: accounts that a client can be limited to. `directory`: folder to which paths are relative.
 */
export function validateClients(
  value: readonly unknown[],
  { accountKeys, directory, issues }: ClientValidationOptions,
): ApiClient[] {
  const schema = createClientSchema(accountKeys, directory)
  const clients = value.map((entry, index) => issues.validate(schema, entry, ['clients', index]))
  for (const name of ['name', 'apiKeySha256'] as const) {
    const indexByValue = new Map<string, number>()
    for (const [index, entry] of clients.entries())
      for (const value of entry ? [entry[name]].flat() : []) {
        const before = indexByValue.get(value)
        if (before === undefined) indexByValue.set(value, index)
        else issues.add(['clients', index, name], formatRepetition(before, index))
      }
  }
  return clients.filter((entry) => entry !== undefined)
}

const formatRepetition = (before: number, index: number): string =>
  before === index
    ? 'must not have the same hash twice. Use different keys.'
    : `is the same as in clients[${before}]. Use a different value for each client.`
