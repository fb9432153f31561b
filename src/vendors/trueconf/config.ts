import { z } from 'zod'

export interface Config {
  /** Without a slash at its end. */
  serverUrl: string
  credentials: { clientId: string; clientSecret: string } | { secretKey: string }
  /** PEM. */
  ca: string | undefined
  apiVersion: string
}

const word = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'must not be empty and must not contain whitespace; check the variable or file that it comes from',
  )

const address = z.string().superRefine((text, context) => {
  const fault = addressFault(text)
  if (fault) context.addIssue(fault)
})

function addressFault(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return 'must be an absolute address that begins with https://'
  if (url.username || url.password) return 'must not hold a user name or password; take them out'
  if (text.includes('?') || text.includes('#')) return 'must not hold a query or fragment; end it before the "?" or "#"'
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'must use https; http is for this machine only'
  return null
}

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(host)

/** An account's settings. */
export const config: z.ZodType<Config> = z
  .strictObject({
    serverUrl: address.transform((url) => url.replace(/\/+$/, '')),
    clientId: word.optional(),
    clientSecret: word.optional(),
    secretKey: word.optional(),
    ca: z
      .string()
      .includes('-----BEGIN CERTIFICATE-----', {
        message: 'must be a certificate in PEM; give "file:" and the path of the server\'s ca.crt',
      })
      .optional(),
    apiVersion: z
      .string()
      .regex(/^v3(?:\.\d{1,2})?$/, 'must be v3 to v3.11; version 4 of the API is another one, which is not spoken here')
      .default('v3.8'),
  })
  .transform(({ clientId, clientSecret, secretKey, ca, ...settings }, context) => {
    if (secretKey !== undefined && clientId === undefined && clientSecret === undefined)
      return { ...settings, ca, credentials: { secretKey } }
    if (secretKey === undefined && clientId !== undefined && clientSecret !== undefined)
      return { ...settings, ca, credentials: { clientId, clientSecret } }
    const missing = clientId === undefined ? 'clientId' : 'clientSecret'
    context.addIssue({
      code: 'custom',
      path: [secretKey === undefined ? missing : 'secretKey'],
      message:
        "credentials must come one way: give clientId and clientSecret (control panel > API > OAuth2), or the server's secretKey alone",
    })
    return z.NEVER
  })

const variables = {
  serverUrl: 'TRUECONF_URL',
  clientId: 'TRUECONF_CLIENT_ID',
  clientSecret: 'TRUECONF_CLIENT_SECRET',
  secretKey: 'TRUECONF_SECRET_KEY',
}

export function fromEnvironment(environment: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(variables).flatMap(([name, variable]) =>
    environment[variable] ? [[name, environment[variable]]] : [],
  )
  return given.length > 0 ? (Object.fromEntries(given) as Record<string, unknown>) : null
}
