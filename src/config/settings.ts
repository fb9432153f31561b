import { z, type ZodType } from 'zod'
import { isAddressRange } from '../core/address-ranges.ts'
import { callerLimits } from './caller-limits.ts'
import { Limits } from './limits.ts'
import { isHost, isLoopback } from '../core/host.ts'
import { proxySetting } from './proxies.ts'

const word = z.string().regex(/^\S+$/, 'must not be empty or hold spaces')

const jwksUrl = z.string().superRefine((text, context) => {
  const url = URL.parse(text)
  const local = url !== null && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && local))
    context.addIssue('must be an address that begins with https:// (http:// only on this machine)')
  else if (url.username || url.password) context.addIssue('must not hold a user name or password; take them out')
})

const redisUrl = z.string().superRefine((text, context) => {
  const url = URL.parse(text)
  const form = 'redis://user:password@host:6379/0 (rediss:// for TLS)'
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname) context.addIssue(`must be an address such as ${form}`)
  else if (!/^(\/\d{0,4})?$/.test(url.pathname) || url.search || url.hash)
    context.addIssue('must end with the number of a database, such as /0, or with the host and port')
  else if (url.username && !url.password) context.addIssue('names a user without a password; add it, or take both out')
  else if (!isDecodable(url.username + url.password))
    context.addIssue('holds a % that begins no %XX in user or password; write it as %25')
})

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined
  } catch {
    return false
  }
}

const origin = z
  .string()
  .refine(
    (text) => text !== 'null' && URL.parse(text)?.origin === text,
    'must be an origin such as https://app.example.com: scheme, host and port, nothing behind them, no *',
  )

const hostName = z
  .string()
  .regex(/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/i, 'must be a host name or an IPv4 address, without a scheme and a port')
  .transform((name) => name.toLowerCase())

const basePath = z
  .string()
  .regex(
    /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/,
    'must be a path such as /meetings: it begins with a slash and does not end with one',
  )
  .refine(
    (path) => !path.endsWith('/graphql'),
    'must not end with /graphql, because the API is at basePath and /graphql',
  )

const trustProxy = z.union([
  z.boolean('must be true, false, or a list of IP addresses and ranges, such as [127.0.0.1, 10.0.0.0/8]'),
  z
    .array(z.string().refine(isAddressRange, 'must be an IP address or a range, such as 10.0.0.0/8 or fd00::/8'))
    .min(1, 'name at least one proxy; take trustProxy out to trust none'),
])

const metrics = z.strictObject({
  host: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1').optional(),
  port: z.int().min(0).max(65_535),
})

const jwt = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.@-]{1,80}$/, 'must be 1 to 80 letters, digits or any of . _ - @')
    .optional(),
  issuer: word,
  audience: z.union([word, z.array(word).min(1, 'name at least one audience')]),
  jwksUrl,
  scopeClaim: word.optional(),
  accountsClaim: word.optional(),
  // A key must live longer than a short outage, and a withdrawn one must end.
  maxKeyAgeSeconds: z.int().min(60).max(2_592_000).default(86_400),
  /** Of each subject. */
  limits: callerLimits,
})

/** Callers of different issuers must not have one name, and a token must name one issuer. */
const issuers = z
  .array(jwt)
  .min(1, 'name at least one issuer; take jwt out to allow none')
  .superRefine((entries, context) => {
    for (const [index, entry] of entries.entries())
      for (const name of ['name', 'issuer'] as const) {
        const before = entries.findIndex((other) => other[name] === entry[name])
        if (before < index)
          context.addIssue({
            code: 'custom',
            path: [index, name],
            message: `the same as that of jwt[${before}]; give each its own`,
          })
      }
  })

const nullable = <T>(schema: ZodType<T>) => schema.optional().transform((value) => value ?? null)

/** A configuration but for its accounts and clients, which are checked one by one. */
export const Settings = z.strictObject({
  accounts: z
    .record(z.string(), z.unknown())
    .refine((accounts) => Object.keys(accounts).length > 0, 'empty; name at least one account'),
  clients: z.array(z.unknown()).default([]),
  jwt: nullable(z.union([jwt, issuers]).transform((value) => (Array.isArray(value) ? value : [value]))),
  data: z.string().min(1, 'must not be empty; give the path of a directory').default('./parley-data'),
  cursorSecret: nullable(
    z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32'),
  ),
  redis: nullable(redisUrl),
  cors: nullable(
    z.strictObject({ origins: z.array(origin).min(1, 'name at least one origin; take cors out to allow none') }),
  ),
  allowedHosts: z.array(hostName).default([]),
  basePath: basePath.default(''),
  graphiql: z.boolean().default(true),
  metrics: z.union([metrics, z.boolean()]).default(true),
  reusePort: z.boolean().default(false),
  trustProxy: trustProxy.default(false),
  proxy: proxySetting.optional(),
  limits: Limits.default(() => Limits.parse({})),
})
