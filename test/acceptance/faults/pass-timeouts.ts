import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { onTestFinished } from 'vitest'
import { upstreamLimits } from '../../../src/upstream/limits.ts'
import { expire, onceForEach } from '../../upstream/expire.ts'
import { ahead } from './ahead.ts'
import type { Fixture } from './fixture.ts'

/** Step of a call to V that never ends. */
export type HangingStep = 'connection' | 'headers' | 'body'

const timeoutMs: Record<HangingStep, number> = {
  connection: upstreamLimits.connectTimeout,
  headers: upstreamLimits.headersTimeout,
  body: upstreamLimits.attemptTimeout,
}

/** Request of undici, in the messages of its channels. */
interface SentRequest {
  origin: string
  method: string
  path: string
}

/**
 * Lets the timeout of a step pass whenever a call to V that matches has reached this step and no other call to a vendor is
 * in progress. Requires `fakeCallTimers`.
 *
 * @returns A function that waits for a request to Parley.
 */
export function passTimeouts(
  { v, w }: Fixture,
  step: HangingStep,
  match: RegExp,
): <T>(request: Promise<T>) => Promise<T> {
  let [calls, responses, others] = [0, 0, 0]
  const healthy = new Set([w.server.url, v.sandbox.url, w.sandbox.url])
  const matches = ({ method, path }: { method: string; path: string }): boolean => match.test(`${method} ${path}`)
  const listen = (name: string, onMatch: () => void, onOther: () => void): void => {
    const listener = (message: unknown): void => {
      const { request } = message as { request: SentRequest }
      if (healthy.has(request.origin)) onOther()
      else if (matches(request)) onMatch()
      else if (request.origin === v.server.url) onOther()
    }
    const channel = `undici:request:${name}`
    subscribe(channel, listener)
    onTestFinished(() => void unsubscribe(channel, listener))
  }
  const ignore = (): void => {}
  listen(
    'create',
    () => calls++,
    () => others++,
  )
  listen('headers', () => responses++, ignore)
  for (const name of ['trailers', 'error']) listen(name, ignore, () => others--)
  const arrived = v.server.ledger.requests.length
  const countReached = {
    connection: () => calls,
    headers: () => v.server.ledger.requests.slice(arrived).filter(matches).length,
    body: () => responses,
  }
  const hasReachedStep = onceForEach(countReached[step])
  const ms = timeoutMs[step]
  return (request) =>
    expire(
      request,
      ms,
      () => others === 0 && hasReachedStep(),
      () => void (ahead.ms += ms),
    )
}
