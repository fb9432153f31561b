import http, { type IncomingMessage } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { Certificate } from './certificates.ts'

/** Fault of the next requests: a status that the proxy returns, or no response. */
export type ProxyFault = number | 'hang' | 'close' | 'garbage' | 'hang after 200' | 'close after 200'

export interface ConnectProxy {
  host: string
  /** All requests, in order. */
  requests: { method: string; target: string; headerNames: string[]; authorization: string | undefined }[]
  /** Null if the proxy works. */
  fault: ProxyFault | null
  openConnections(): number
  close(): Promise<void>
}

/** Starts an HTTP proxy. @param portByHost Local port for a host name. Other hosts are reached directly. */
export async function startConnectProxy(
  portByHost: Readonly<Record<string, number>> = {},
  tls?: Certificate,
): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = tls ? createTlsServer(tls) : http.createServer()
  const proxy: ConnectProxy = {
    host: '',
    requests: [],
    fault: null,
    openConnections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  const note = ({ method = '', url = '', headers }: IncomingMessage): void => {
    const { 'proxy-authorization': authorization } = headers
    proxy.requests.push({ method, target: url, headerNames: Object.keys(headers), authorization })
  }
  server.on('request', (request, response) => {
    note(request)
    response.writeHead(405).end()
  })
  server.on('connection', keep)
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    note(request)
    const { fault } = proxy
    if (fault === 'hang') return void socket.on('end', () => socket.destroy()).resume()
    if (fault === 'close') return void socket.destroy()
    if (fault === 'hang after 200') return void socket.write('HTTP/1.1 200 OK\r\n\r\n')
    if (fault === 'close after 200') return void socket.end('HTTP/1.1 200 OK\r\n\r\n')
    if (fault === 'garbage') return void socket.end('SSH-2.0-proxy\r\n')
    if (fault !== null) return void socket.end(`HTTP/1.1 ${fault} No\r\nContent-Length: 6\r\n\r\nsecret`)
    const [, host = '', port] = /^(.*):(\d+)$/.exec(request.url ?? '') ?? []
    const to = { host: host in portByHost ? '127.0.0.1' : host, port: portByHost[host] ?? Number(port) }
    const vendor = keep(
      net.connect(to, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        if (head.length > 0) vendor.write(head)
        vendor.pipe(socket).pipe(vendor)
      }),
    )
    const end = (): void => {
      vendor.destroy()
      socket.destroy()
    }
    vendor.on('error', end).on('close', end)
    socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy
}
