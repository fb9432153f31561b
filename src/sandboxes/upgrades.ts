import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** Takes over the connection of a request with `Upgrade: websocket`. `head` has the bytes that followed the request. */
export type UpgradeHandler = (request: IncomingMessage, socket: Socket, head: Buffer) => void

/** The requests with `Upgrade: websocket` that a sandbox serves, and their connections. */
export class Upgrades {
  readonly #handlerByPath = new Map<string, UpgradeHandler>()
  readonly #sockets = new Set<Socket>()

  add(path: string, handler: UpgradeHandler): void {
    this.#handlerByPath.set(path, handler)
  }

  /** Whether the sandbox serves WebSockets at the path of the request. Other requests are served as if they had no `Upgrade`. */
  readonly accepts = (request: IncomingMessage): boolean =>
    request.headers.upgrade?.toLowerCase() === 'websocket' && this.#handlerByPath.has(getPath(request))

  /** Returns a response, with which the request can be rejected. */
  createResponse(request: IncomingMessage, socket: Socket): ServerResponse {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => this.#sockets.delete(socket))
    const response = new ServerResponse(request)
    response.once('finish', () => socket.end())
    response.assignSocket(socket)
    return response
  }

  /** Passes the connection to the handler of the path. */
  serve(request: IncomingMessage, response: ServerResponse, head: Buffer): void {
    const socket = request.socket
    response.detachSocket(socket)
    this.#handlerByPath.get(getPath(request))?.(request, socket, head)
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}

const getPath = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0]!
