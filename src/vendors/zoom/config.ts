import { z } from 'zod'
import { baseUrl, readSettings, credential } from '../kit/settings.ts'

export interface Config {
  credentials: { accountId: string; clientId: string; clientSecret: string } | { apiKey: string; apiSecret: string }
  /** Bases, without a slash at the end. */
  apiUrl: string
  fileUrl: string
  tokenUrl: string
  webhookSecret: string | undefined
}

/** HS256 asks for a key as long as its digest. */
const minSecretBytes = 32

/** An account's settings: Server-to-Server OAuth, or the HS256 scheme of the old JWT apps. */
export const config: z.ZodType<Config> = z
  .strictObject({
    accountId: credential.optional(),
    clientId: credential.optional(),
    clientSecret: credential.optional(),
    apiKey: credential.optional(),
    apiSecret: credential
      .min(
        minSecretBytes,
        `must have at least ${minSecretBytes} bytes, or its signatures can be forged; have a longer one issued, or use accountId, clientId and clientSecret`,
      )
      .optional(),
    apiUrl: baseUrl.default('https://api.zoom.us/v2'),
    tokenUrl: baseUrl.default('https://zoom.us/oauth/token'),
    fileUrl: baseUrl.default('https://file.zoom.us/v2'),
    webhookSecret: credential.optional(),
  })
  .transform(({ accountId, clientId, clientSecret, apiKey, apiSecret, webhookSecret, ...urls }, context) => {
    const oauth = { accountId, clientId, clientSecret }
    const jwt = { apiKey, apiSecret }
    const settings = { ...urls, webhookSecret }
    if (isComplete(oauth) && isEmpty(jwt)) return { ...settings, credentials: oauth }
    if (isComplete(jwt) && isEmpty(oauth)) return { ...settings, credentials: jwt }
    context.addIssue({
      code: 'custom',
      path: [findFaultyField(oauth, jwt)],
      message:
        'credentials must come one way: give accountId, clientId and clientSecret (of a Server-to-Server OAuth app), or apiKey and apiSecret, not both',
    })
    return z.NEVER
  })

type StringRecord = Readonly<Record<string, string | undefined>>

const isComplete = <T extends StringRecord>(fields: T): fields is T & Record<keyof T, string> =>
  Object.values(fields).every((value) => value !== undefined)
const isEmpty = (fields: StringRecord): boolean => Object.values(fields).every((value) => value === undefined)

/** What is missing of the pair or three that was begun, or what is too much. */
function findFaultyField(oauth: StringRecord, jwt: StringRecord): string {
  if (!isEmpty(oauth) && !isEmpty(jwt)) return 'apiKey'
  const begun = Object.entries(isEmpty(jwt) ? oauth : jwt)
  return begun.find(([, value]) => value === undefined)?.[0] ?? 'accountId'
}

const variables = {
  accountId: 'ZOOM_ACCOUNT_ID',
  clientId: 'ZOOM_CLIENT_ID',
  clientSecret: 'ZOOM_CLIENT_SECRET',
  apiKey: 'ZOOM_API_KEY',
  apiSecret: 'ZOOM_API_SECRET',
}

export const fromEnvironment = (environment: Readonly<Record<string, string | undefined>>) =>
  readSettings(variables, environment)
