import { createRequire } from 'node:module'
import type * as undici from 'undici'

const load = createRequire(import.meta.url)

// The main module of undici also loads `fetch`, WebSocket, caches, and mocks, which takes 40 ms and 5 MB at every start.
export const Client: typeof undici.Client = load('undici/lib/dispatcher/client.js')
export type Client = undici.Client
export const buildConnector: typeof undici.buildConnector = load('undici/lib/core/connect.js')
export const errors: typeof undici.errors = load('undici/lib/core/errors.js')

/** Returns the class `WebSocket`. Loads it, with `fetch`, at the first call: only accounts with an event connection use it. */
export const loadWebSocket = (): typeof undici.WebSocket => {
  const { WebSocket }: typeof undici = load('undici/lib/web/websocket/websocket.js')
  return WebSocket
}
