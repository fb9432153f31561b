import type { IncomingMessage } from 'node:http'
import { start, type TrueConfSandbox, type TrueConfSandboxOptions } from '../../src/sandboxes/trueconf/index.ts'

/** Requests that the sandbox has received and does not respond to yet. */
export interface HeldRequests {
  readonly waiting: readonly { url: string; isClosed: boolean }[]
  /** Responds to the held requests, and to later ones at once. */
  release(): void
}

/** A sandbox of TrueConf Server whose responses a test can hold back, so that calls stay in flight. */
export interface HeldSandbox extends TrueConfSandbox {
  /** Holds back the responses to the next `count` reads whose URL matches. Default: to all of them. */
  hold(url: RegExp, count?: number, method?: string): HeldRequests
}

export async function startHeldSandbox(options: TrueConfSandboxOptions): Promise<HeldSandbox> {
  let handle: (request: IncomingMessage, serve: () => void) => void = (_, serve) => serve()
  const sandbox = await start({ ...options, before: (request, _, serve) => handle(request, serve) })
  const hold = (pattern: RegExp, count = Infinity, heldMethod = 'GET'): HeldRequests => {
    const waiting: { url: string; isClosed: boolean; serve(): void }[] = []
    handle = (request, serve) => {
      const { url = '', method } = request
      if (method !== heldMethod || !pattern.test(url) || waiting.length === count) return serve()
      const held = { url, isClosed: false, serve }
      request.socket.once('close', () => (held.isClosed = true))
      waiting.push(held)
    }
    return {
      waiting,
      release: () => {
        handle = (_, serve) => serve()
        for (const held of waiting) held.serve()
      },
    }
  }
  return { ...sandbox, hold }
}
