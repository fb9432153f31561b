import { z, type ZodType } from 'zod'
import { Limits } from './limits.ts'
import { isLoopback } from './loopback.ts'

const word = z.string().regex(/^\S+$/, 'must not be empty or hold spaces')

const jwksUrl = z.string().superRefine((text, context) => {
  const url = URL.parse(text)
  const local = url !== null && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && local))
    context.addIssue('must be an address that begins with https:// (http:// only on this machine)')
  else if (url.username || url.password) context.addIssue('must not hold a user name or password; take them out')
})

const origin = z
  .string()
  .refine(
    (text) => text !== 'null' && URL.parse(text)?.origin === text,
    'must be an origin such as https://app.example.com: scheme, host and port, nothing behind them, no *',
  )

const orNull = <T>(schema: ZodType<T>) => schema.optional().transform((value) => value ?? null)

/** A configuration but for its accounts and clients, which are checked one by one. */
export const Settings = z.strictObject({
  accounts: z
    .record(z.string(), z.unknown())
    .refine((accounts) => Object.keys(accounts).length > 0, 'empty; name at least one account'),
  clients: z.array(z.unknown()).default([]),
  jwt: orNull(z.strictObject({ issuer: word, audience: word, jwksUrl })),
  data: z.string().min(1, 'must not be empty; give the path of a directory').default('./parley-data'),
  cursorSecret: orNull(z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32')),
  redis: z.undefined('cannot be used yet: processes share nothing so far; take it out and run one process').optional(),
  cors: orNull(
    z.strictObject({ origins: z.array(origin).min(1, 'name at least one origin; take cors out to allow none') }),
  ),
  trustProxy: z.boolean().default(false),
  limits: Limits.default(() => Limits.parse({})),
})
