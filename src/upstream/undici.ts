import type { WebSocket } from 'undici'

// The main module of undici also loads `fetch`, WebSocket, caches, and mocks, which takes 40 ms and 5 MB at every start.
export { default as buildConnector } from 'undici/lib/core/connect.js'
export { default as errors } from 'undici/lib/core/errors.js'
export { default as Client } from 'undici/lib/dispatcher/client.js'

/** Returns the class `WebSocket`. Loads it, with `fetch`, at the first call: only accounts with an event connection use it. */
export const loadWebSocket = async (): Promise<typeof WebSocket> =>
  (await import('undici/lib/web/websocket/websocket.js')).default.WebSocket
