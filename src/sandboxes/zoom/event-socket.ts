import type { SandboxKit } from '../kit.ts'
import { ServerWebSocket } from '../web-socket.ts'
import type { Auth } from './auth.ts'

/** A connection to the event WebSocket. Times are in milliseconds since the epoch. */
export interface EventConnection {
  openedAt: number
  /** Null while the connection is open. */
  closedAt: number | null
  /** Whether the token and the subscription were valid. */
  isAccepted: boolean
  /** When heartbeats arrived. */
  heartbeats: number[]
}

/** The event WebSocket, as a test sees and controls it. To reject handshakes, inject faults for the path `/ws`. */
export interface EventSocketControl {
  /** Every connection since the start of the sandbox. */
  connections: readonly EventConnection[]
  /** Rejects every new connection with this text, such as `Invalid Token`. Default: null. */
  rejection: string | null
  /** Sends a frame over the open connections: text, or a binary frame. */
  send(frame: string | Buffer): void
  /** Cuts the open connections without a close frame. */
  cut(): void
  /** Keeps the open connections open, but neither sends nor responds to anything. */
  silence(): void
}

export interface EventSocketServer extends EventSocketControl {
  /** Sends an event. @param envelope Body of the event's webhook. */
  deliver(envelope: object): void
}

interface OpenConnection {
  socket: ServerWebSocket
  isSilent: boolean
}

export const eventSocketPath = '/ws'

/** Serves the event WebSocket at `/ws?subscriptionId=…&access_token=…`. */
export function serveEventSocket(
  { now, onUpgrade }: SandboxKit,
  auth: Auth,
  subscriptionId: string,
): EventSocketServer {
  const connections: EventConnection[] = []
  const open = new Set<OpenConnection>()

  onUpgrade(eventSocketPath, (request, stream, head) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams
    const record: EventConnection = { openedAt: now(), closedAt: null, isAccepted: false, heartbeats: [] }
    connections.push(record)
    const socket = new ServerWebSocket(request, stream, head, {
      onText: (text) => {
        if (!isHeartbeat(text)) return
        record.heartbeats.push(now())
        if (!connection.isSilent) socket.send(createFrame('heartbeat', true, 'live'))
      },
      onClose: () => {
        record.closedAt = now()
        open.delete(connection)
      },
    })
    const connection: OpenConnection = { socket, isSilent: false }
    void findFault(query).then((fault) => {
      socket.send(createFrame('build_connection', fault === null, fault ?? 'success'))
      if (fault !== null) return socket.close()
      record.isAccepted = true
      // Zoom sends the events of a subscription to its newest connection.
      for (const older of open) older.socket.close()
      if (record.closedAt === null) open.add(connection)
    })
  })

  async function findFault(query: URLSearchParams): Promise<string | null> {
    if (server.rejection !== null) return server.rejection
    const token = query.get('access_token') ?? ''
    if (token === '') return 'token is empty'
    try {
      await auth.checkToken(token, null)
    } catch {
      return 'Invalid Token'
    }
    return query.get('subscriptionId') === subscriptionId ? null : 'Invalid Subscription'
  }

  const send = (frame: string | Buffer): void => {
    for (const { socket, isSilent } of open) if (!isSilent) socket.send(frame)
  }
  const server: EventSocketServer = {
    connections,
    rejection: null,
    send,
    deliver: (envelope) => send(JSON.stringify({ module: 'message', content: JSON.stringify(envelope) })),
    cut: () => open.forEach(({ socket }) => socket.destroy()),
    silence: () => open.forEach((connection) => (connection.isSilent = true)),
  }
  return server
}

const createFrame = (module: string, success: boolean, content: string): string =>
  JSON.stringify({ module, success, content, header: {} })

function isHeartbeat(text: string): boolean {
  try {
    return (JSON.parse(text) as { module?: unknown } | null)?.module === 'heartbeat'
  } catch {
    return false
  }
}
