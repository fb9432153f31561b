import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { certificate } from './certificates.ts'

export interface TlsFront {
  port: number
  hosts: string[]
  /** PEM of the certificate of all hosts. */
  ca: string
  /** Each request, in order. */
  requests: { host: string; line: string; headerNames: string[] }[]
  close(): Promise<void>
}

/** Public hosts with TLS, each in front of a server of this machine that accepts requests for its own address only. */
export async function startTlsFront(urlByHost: Readonly<Record<string, string>>): Promise<TlsFront> {
  const hosts = Object.keys(urlByHost)
  const { cert, key } = certificate({ hosts })
  const requests: TlsFront['requests'] = []
  const sockets = new Set<Socket>()
  const server = https.createServer({ cert, key }, (request, response) => {
    const { host = '', ...headers } = request.headers
    requests.push({ host, line: `${request.method} ${request.url}`, headerNames: Object.keys(headers) })
    const target = new URL(urlByHost[host]!)
    const { method, url } = request
    const options = { host: target.hostname, port: target.port, method, path: url, agent: false }
    const inner = http.request({ ...options, headers: { ...headers, host: target.host } }, (result) => {
      // `connection: close` is about the inner connection. Passed on, it would close the outer one during an upload.
      delete result.headers.connection
      response.writeHead(result.statusCode!, result.headers)
      result.pipe(response)
    })
    inner.on('error', () => response.destroy())
    request.pipe(inner)
  })
  server.on('secureConnection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    hosts,
    ca: cert,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
