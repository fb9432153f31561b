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
