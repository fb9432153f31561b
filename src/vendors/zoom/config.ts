import { z } from 'zod'
import { baseUrl, readSettings, credential, socketUrl } from '../kit/settings.ts'

export interface Config {
  credentials: { accountId: string; clientId: string; clientSecret: string } | { apiKey: string; apiSecret: string }
  /** Base URL without a slash at its end, like the next ones. */
  apiUrl: string
  fileUrl: string
  tokenUrl: string
  /** Secrets that sign webhooks: at most two, while one replaces the other. Empty if webhooks are not configured. */
  webhookSecrets: readonly string[]
  /** ID of the subscription of the event WebSocket. Undefined if the WebSocket is not configured. */
  eventSubscription?: string | undefined
  /** URL of the event WebSocket, without the query. */
  eventUrl: string
}

/** HS256 requires a key that is at least as long as its digest (RFC 7518). */
const minSecretBytes = 32

const webhookSecret = z.union([
  credential,
  z
    .array(credential)
    .min(1, 'must have at least one secret. Remove the setting if the account receives no webhooks.')
    .max(2, 'must have at most two secrets: the current one, and the one that replaces it.'),
])

/** Schema of an account's settings: Server-to-Server OAuth, or the signed tokens of the former JWT apps. */
export const config: z.ZodType<Config> = z
  .strictObject({
    accountId: credential.optional(),
    clientId: credential.optional(),
    clientSecret: credential.optional(),
    apiKey: credential.optional(),
    apiSecret: credential
      .min(
        minSecretBytes,
        `must have at least ${minSecretBytes} bytes, because signatures with a shorter one can be forged. Generate a longer one, or use accountId, clientId, and clientSecret.`,
      )
      .optional(),
    apiUrl: baseUrl.default('https://api.zoom.us/v2'),
    tokenUrl: baseUrl.default('https://zoom.us/oauth/token'),
    fileUrl: baseUrl.default('https://file.zoom.us/v2'),
    webhookSecret: webhookSecret.optional(),
    eventSubscription: credential.optional(),
    eventUrl: socketUrl.default('wss://ws.zoom.us/ws'),
  })
  .transform(({ accountId, clientId, clientSecret, apiKey, apiSecret, webhookSecret = [], ...others }, context) => {
    const oauth = { accountId, clientId, clientSecret }
    const jwt = { apiKey, apiSecret }
    const settings = { ...others, webhookSecrets: [webhookSecret].flat() }
    if (isComplete(oauth) && isEmpty(jwt)) return { ...settings, credentials: oauth }
    if (isComplete(jwt) && isEmpty(oauth)) return { ...settings, credentials: jwt }
    context.addIssue({
      code: 'custom',
      path: [findFaultyField(oauth, jwt)],
      message:
        'is missing, or cannot be combined with the other credentials. Set accountId, clientId, and clientSecret (of a Server-to-Server OAuth app), or apiKey and apiSecret.',
    })
    return z.NEVER
  })

type StringRecord = Readonly<Record<string, string | undefined>>

const isComplete = <T extends StringRecord>(fields: T): fields is T & Record<keyof T, string> =>
  Object.values(fields).every((value) => value !== undefined)
const isEmpty = (fields: StringRecord): boolean => Object.values(fields).every((value) => value === undefined)

/** Returns the setting that is missing, or one that cannot be combined with the others. */
function findFaultyField(oauth: StringRecord, jwt: StringRecord): string {
  if (!isEmpty(oauth) && !isEmpty(jwt)) return 'apiKey'
  const entries = Object.entries(isEmpty(jwt) ? oauth : jwt)
  return entries.find(([, value]) => value === undefined)?.[0] ?? 'accountId'
}

const variables = {
  accountId: 'ZOOM_ACCOUNT_ID',
  clientId: 'ZOOM_CLIENT_ID',
  clientSecret: 'ZOOM_CLIENT_SECRET',
  apiKey: 'ZOOM_API_KEY',
  apiSecret: 'ZOOM_API_SECRET',
  webhookSecret: 'ZOOM_WEBHOOK_SECRET',
  eventSubscription: 'ZOOM_EVENT_SUBSCRIPTION',
}

export const fromEnvironment = (environment: Readonly<Record<string, string | undefined>>) =>
  readSettings(variables, environment)
