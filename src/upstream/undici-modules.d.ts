// Modules of undici that its own types do not describe.

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici'
}

declare module 'undici/lib/core/errors.js' {
  export { errors as default } from 'undici'
}

declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici'
}

declare module 'undici/lib/web/websocket/websocket.js' {
  import type { WebSocket } from 'undici'
  const exported: { WebSocket: typeof WebSocket }
  export default exported
}
