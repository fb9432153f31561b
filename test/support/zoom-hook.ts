import { createHmac } from 'node:crypto'

/** Returns the headers with which Zoom sends a webhook. @param timestamp Default: now, in seconds. */
export function signHook(
  body: string | Buffer,
  secret: string,
  timestamp = String(Math.floor(Date.now() / 1000)),
): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  return { 'x-zm-request-timestamp': timestamp, 'x-zm-signature': `v0=${digest}` }
}

export interface HookTarget {
  /** URL of the webhook, such as `…/hooks/zoom`. */
  url: string
  secret: string
  /** Zoom's `account_id`. */
  accountId: string
}

/** Sends an event of a meeting as Zoom does. Returns the status of the response. */
export async function sendHook({ url, secret, accountId }: HookTarget, event: string, object: object): Promise<number> {
  const body = JSON.stringify({ event, event_ts: Date.now(), payload: { account_id: accountId, object } })
  const headers = { 'content-type': 'application/json', ...signHook(body, secret) }
  return (await fetch(url, { method: 'POST', headers, body })).status
}
