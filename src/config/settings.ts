import { z, type ZodType } from 'zod'
import { isAddressRange } from '../core/address-ranges.ts'
import { cache } from './cache.ts'
import { callerLimits } from './caller-limits.ts'
import { documents } from './trusted-documents.ts'
import { Limits } from './limits.ts'
import { mcpSetting } from './mcp.ts'
import { isHost, isLoopback } from '../core/host.ts'
import { proxySetting } from './proxies.ts'

const word = z.string().regex(/^\S+$/, 'must not be empty or contain whitespace.')

const jwksUrl = z.string().superRefine((text, context) => {
  const url = URL.parse(text)
  const local = url !== null && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && local))
    context.addIssue('must be a URL that begins with "https://" ("http://" only for this machine).')
  else if (url.username || url.password) context.addIssue('must not contain a user name or password. Remove them.')
})

const redisUrl = z.string().superRefine((text, context) => {
  const url = URL.parse(text)
  const form = 'redis://user:password@host:6379/0 (rediss:// for TLS)'
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname) context.addIssue(`must be a URL such as ${form}.`)
  else if (!/^(\/\d{0,4})?$/.test(url.pathname) || url.search || url.hash)
    context.addIssue('must end with the number of a database, such as /0, or with the host and port.')
  else if (url.username && !url.password)
    context.addIssue('has a user without a password. Add the password, or remove the user.')
  else if (!isDecodable(url.username + url.password))
    context.addIssue('has an invalid % in the user or password. Write it as %25.')
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
    'must be an origin such as https://app.example.com: scheme, host, and port only, without a path and without *.',
  )

const hostName = z
  .string()
  .regex(/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/i, 'must be a host name or an IPv4 address, without a scheme and a port.')
  .transform((name) => name.toLowerCase())

const basePath = z
  .string()
  .regex(
    /^(\/(?!\.{1,2}(\/|$))[\w.~-]+)+$/,
    'must be a path such as /meetings, with a slash at the start and no slash at the end.',
  )
  .refine((path) => !path.endsWith('/graphql'), 'must not end with /graphql, because Parley adds /graphql for the API.')

const publicUrl = z.string().transform((text, context) => {
  const url = URL.parse(text)
  const isLocal = url !== null && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  const isSecure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  // The parser removes an empty query or fragment.
  if (url && isSecure && /^https?:\/\/[^/?#@\\\s]+$/i.test(text)) return url.origin
  context.addIssue(
    'must be a URL such as https://meetings.example.com ("http://" only for this machine), without a user, path, query, or fragment.',
  )
  return z.NEVER
})

const trustProxy = z.union([
  z.boolean('must be true, false, or a list of IP addresses and ranges, such as [127.0.0.1, 10.0.0.0/8].'),
  z
    .array(z.string().refine(isAddressRange, 'must be an IP address or a range, such as 10.0.0.0/8 or fd00::/8.'))
    .min(1, 'must have at least one proxy. Remove "trustProxy" to trust none.'),
])

const metrics = z.strictObject({
  host: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1.').optional(),
  port: z.int().min(0).max(65_535),
})

const jwt = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.@-]{1,80}$/, 'must have 1 to 80 letters, digits, or any of . _ - @.')
    .optional(),
  issuer: word,
  audience: z.union([word, z.array(word).min(1, 'must have at least one audience.')]),
  jwksUrl,
  scopeClaim: word.optional(),
  accountsClaim: word.optional(),
  // Long enough to survive a short outage of the issuer, and short enough that a withdrawn key expires.
  maxKeyAgeSeconds: z.int().min(60).max(2_592_000).default(86_400),
  /** Limits of each subject. */
  limits: callerLimits,
})

/** Names must be unique, because they identify callers. Issuers must be unique, because a token names its issuer. */
const issuers = z
  .array(jwt)
  .min(1, 'must have at least one issuer. Remove "jwt" to allow none.')
  .superRefine((entries, context) => {
    for (const [index, entry] of entries.entries())
      for (const name of ['name', 'issuer'] as const) {
        const before = entries.findIndex((other) => other[name] === entry[name])
        if (before < index)
          context.addIssue({
            code: 'custom',
            path: [index, name],
            message: `is the same as in jwt[${before}]. Set each issuer once.`,
          })
      }
  })

const federation = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]{0,39}$/, 'must have 1 to 40 letters and digits, of which the first is a capital letter.')
    .optional(),
})

const nullable = <T>(schema: ZodType<T>) => schema.optional().transform((value) => value ?? null)

/** Schema of a configuration, except for its accounts and clients, which are validated one by one. */
export const Settings = z.strictObject({
  accounts: z
    .record(z.string(), z.unknown())
    .refine((accounts) => Object.keys(accounts).length > 0, 'must not be empty. Configure at least one account.'),
  clients: z.array(z.unknown()).default([]),
  documents: nullable(documents),
  mcp: nullable(mcpSetting),
  jwt: nullable(z.union([jwt, issuers]).transform((value) => (Array.isArray(value) ? value : [value]))),
  data: z.string().min(1, 'must not be empty. Set the path of a directory.').default('./parley-data'),
  cursorSecret: nullable(
    z.string().min(32, 'must have at least 32 characters. To create one, run: openssl rand -base64 32'),
  ),
  redis: nullable(redisUrl),
  cache: nullable(cache),
  cors: nullable(
    z.strictObject({ origins: z.array(origin).min(1, 'must have at least one origin. Remove "cors" to allow none.') }),
  ),
  allowedHosts: z.array(hostName).default([]),
  basePath: basePath.default(''),
  publicUrl: nullable(publicUrl),
  graphiql: z.boolean().default(true),
  federation: nullable(federation),
  metrics: z.union([metrics, z.boolean()]).default(true),
  reusePort: z.boolean().default(false),
  trustProxy: trustProxy.default(false),
  proxy: proxySetting.optional(),
  limits: Limits.default(() => Limits.parse({})),
})
