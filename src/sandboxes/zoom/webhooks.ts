import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { SandboxKit } from '../kit.ts'
import type { Switches } from './switches.ts'

/** One attempt to deliver a webhook. */
export interface WebhookDelivery {
  /** In milliseconds since the epoch. */
  at: number
  event: string
  /** 1 for the first attempt. */
  attempt: number
  /** Status of the response. Null if there was no response within 3 s. */
  status: number | null
}

export interface SignOptions {
  /** Secret that signs. Default: that of the app. */
  secret?: string
  /** Value of `x-zm-request-timestamp`. Default: the current time in seconds. */
  timestamp?: string
  /** Headers that replace the usual ones. Those that are undefined are omitted. */
  headers?: Readonly<Record<string, string | undefined>>
}

/** The webhooks of the app, as a test sees and controls them. */
export interface WebhookControl {
  /** Secret token of the app, which signs webhooks. */
  secret: string
  /** Every attempt since the start of the sandbox. */
  deliveries: readonly WebhookDelivery[]
  /**
   * Validates a URL. Events are sent to it from now on, unless its receiver does not respond with the encrypted token. Then no
   * events are sent. Returns whether the URL is valid.
   */
  subscribe(url: string): Promise<boolean>
  /** Signs a message and sends it once to the URL. @param message Bytes, text, or an object that is sent as JSON. */
  send(message: Buffer | string | object, options?: SignOptions): Promise<Response>
  /** Resolves when every event so far was sent once. */
  settle(): Promise<void>
}

export interface Webhooks extends WebhookControl {
  /** Sends an event, after the earlier ones. If that fails, sends it again like Zoom. */
  deliver(envelope: { event: string }): void
  /** Ends all attempts. */
  close(): void
}

/** Zoom waits so long for a response. */
const timeoutMs = 3_000
/** Events that wait for the earlier ones. The oldest are dropped if there are more. */
const maxWaiting = 1_000

/**
 * Creates the webhooks of the app. No events are sent before a URL is validated. A process without access to the sandbox's
 * object sends `POST /__host/webhook` with `{url}`: 204, or 400 if the URL is not valid.
 */
export function serveWebhooks({ app, now }: SandboxKit, switches: Switches): Webhooks {
  const deliveries: WebhookDelivery[] = []
  const waiting: { event: string }[] = []
  const timers = new Set<NodeJS.Timeout>()
  const closing = new AbortController()
  let url: string | null = null
  let validating: Promise<string | null> | null = null
  let sending: Promise<void> = Promise.resolve()
  let isSending = false

  function post(target: string, message: Buffer | string | object, options: SignOptions = {}): Promise<Response> {
    const isJson = typeof message === 'object' && !Buffer.isBuffer(message)
    const body = new Uint8Array(Buffer.from(isJson ? JSON.stringify(message) : (message as Buffer | string)))
    const timestamp = options.timestamp ?? String(Math.floor(now() / 1000))
    const digest = createHmac('sha256', options.secret ?? webhooks.secret)
      .update(`v0:${timestamp}:`)
      .update(body)
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zoom Marketplace/1.0a',
      'x-zm-request-id': randomUUID(),
      'x-zm-request-timestamp': timestamp,
      'x-zm-signature': `v0=${digest.digest('hex')}`,
      'x-zm-trackingid': `v=2.0;clid=us06;rid=WEB_${randomBytes(16).toString('hex')}`,
      ...options.headers,
    }
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)])
    return fetch(target, { method: 'POST', body, headers: sent, redirect: 'manual', signal })
  }

  async function attempt(envelope: { event: string }, number: number): Promise<void> {
    if (url === null) return
    const delivery: WebhookDelivery = { at: now(), event: envelope.event, attempt: number, status: null }
    deliveries.push(delivery)
    try {
      const response = await post(url, envelope)
      delivery.status = response.status
      await response.body?.cancel()
    } catch {
      // No response: sent again like after the status 500.
    }
    const delay = switches.webhookRetries[number - 1]
    if (delay === undefined || closing.signal.aborted || (delivery.status !== null && delivery.status < 500)) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void attempt(envelope, number + 1)
    }, delay)
    timers.add(timer.unref())
  }

  /** Returns the URL if its receiver proves that it knows the secret, and otherwise null. */
  async function validate(target: string): Promise<string | null> {
    const plainToken = randomBytes(16).toString('base64url')
    const encryptedToken = createHmac('sha256', webhooks.secret).update(plainToken).digest('hex')
    try {
      const validation = { event: 'endpoint.url_validation', event_ts: now(), payload: { plainToken } }
      const response = await post(target, validation)
      const reply = (await response.json()) as { plainToken?: unknown; encryptedToken?: unknown }
      const isValid = reply.plainToken === plainToken && reply.encryptedToken === encryptedToken
      return response.status === 200 && isValid ? target : null
    } catch {
      // There was no response, or it was not JSON.
      return null
    }
  }

  async function sendWaiting(): Promise<void> {
    isSending = true
    await validating
    for (let envelope = waiting.shift(); envelope; envelope = waiting.shift()) await attempt(envelope, 1)
    isSending = false
  }

  const webhooks: Webhooks = {
    secret: randomBytes(16).toString('base64url'),
    deliveries,
    async subscribe(target) {
      const validation = (validating = validate(target))
      url = await validation
      if (validating === validation) validating = null
      return url !== null
    },
    send: (message, options) =>
      url === null
        ? Promise.reject(new Error('No URL was validated. Subscribe with a URL first.'))
        : post(url, message, options),
    settle: () => sending,
    deliver(envelope) {
      if (url === null && validating === null) return
      if (waiting.push(envelope) > maxWaiting) waiting.shift()
      if (!isSending) sending = sendWaiting()
    },
    close() {
      closing.abort()
      waiting.length = 0
      for (const timer of timers) clearTimeout(timer)
    },
  }
  app.post('/__host/webhook', async (c) => {
    const { url: target } = await c.req.json<{ url?: unknown }>()
    return c.body(null, (await webhooks.subscribe(String(target))) ? 204 : 400)
  })
  return webhooks
}
