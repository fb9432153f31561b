import { z } from 'zod'
import { baseUrl, readSettings, credential } from '../kit/settings.ts'

export interface Config {
  /** Base URL of the server, without a slash at its end. */
  serverUrl: string
  credentials: { clientId: string; clientSecret: string } | { secretKey: string }
  /** Certificate authority in PEM format. */
  ca: string | undefined
  apiVersion: string
}

/** Schema of an account's settings. */
export const config: z.ZodType<Config> = z
  .strictObject({
    serverUrl: baseUrl,
    clientId: credential.optional(),
    clientSecret: credential.optional(),
    secretKey: credential.optional(),
    ca: z
      .string()
      .includes('-----BEGIN CERTIFICATE-----', {
        message: 'must be a certificate in PEM format. Set "file:" and the path of the server\'s ca.crt.',
      })
      .optional(),
    apiVersion: z
      .string()
      .regex(/^v3(?:\.\d{1,2})?$/, 'must be a version 3 of the API, such as v3.8. Version 4 is not supported.')
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
        'is missing, or cannot be combined with the other credentials. Set clientId and clientSecret (control panel > API > OAuth2), or only secretKey.',
    })
    return z.NEVER
  })

const variables = {
  serverUrl: 'TRUECONF_URL',
  clientId: 'TRUECONF_CLIENT_ID',
  clientSecret: 'TRUECONF_CLIENT_SECRET',
  secretKey: 'TRUECONF_SECRET_KEY',
}

export const fromEnvironment = (environment: Readonly<Record<string, string | undefined>>) =>
  readSettings(variables, environment)
