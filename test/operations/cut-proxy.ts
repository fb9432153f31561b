import { createServer, request as sendRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Points at which the exchange of one write is cut, from before its connection to after the last byte of the response. */
export const cutPoints = [
  'refused connection',
  'at the first byte',
  'half of the request read',
  'all of the request read',
  'half of the request forwarded',
  'executed, no response',
  'executed, deadline exceeded',
  'executed, half of the status line',
  'executed, half of the headers',
  'executed, all of the headers',
  'executed, half of the body',
  'executed, all but the last byte',
  'executed, closed after the response',
] as const
export type CutPoint = (typeof cutPoints)[number]

export interface CutProxy {
  url: string
  /** Cuts the next write that matches, and no later one. */
  cut(point: CutPoint, match: { method: string; path: RegExp }, onDeadline: () => void): void
  hasCut(): boolean
  /** Refuses connections until `accept` is called. */
  stopListening(): Promise<void>
  accept(): Promise<void>
  close(): Promise<void>
}

function setLength(headers: IncomingHttpHeaders, length: number): IncomingHttpHeaders {
  const { 'transfer-encoding': chunked, ...plain } = headers
  return { ...(chunked === undefined ? headers : plain), 'content-length': String(length) }
}

/** Starts a loopback proxy of a vendor that can cut an exchange at any point. */
export async function startCutProxy(origin: string): Promise<CutProxy> {
  const { hostname, port } = new URL(origin)
  let planned: { point: CutPoint; match: { method: string; path: RegExp }; onDeadline: () => void } | null = null

  async function forwardRequest(
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ head: string; body: Buffer; status: number }> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const { method, url: path, headers } = request
    const outgoing = sendRequest(
      { hostname, port, method, path, headers: setLength(headers, body.length), agent: false },
      resolve,
    )
    outgoing.on('error', reject)
    outgoing.end(body)
    const response = await promise
    const responseBody = await buffer(response)
    const lines = response.rawHeaders.flatMap((name, index, headerParts) =>
      index % 2 === 0 && !/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(name)
        ? [`${name}: ${headerParts[index + 1]}`]
        : [],
    )
    const length = response.statusCode === 204 ? [] : [`content-length: ${responseBody.length}`]
    const head = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`, ...lines, ...length, '', ''].join('\r\n')
    return { head, body: responseBody, status: response.statusCode! }
  }

  async function forwardHalf(request: IncomingMessage, body: Buffer): Promise<void> {
    const socket = net.connect(Number(port), hostname)
    const lines = Object.entries(setLength(request.headers, body.length || 10))
    const head = `${request.method} ${request.url} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${String(value)}`).join('\r\n')}\r\n\r\n`
    const { promise, resolve } = Promise.withResolvers<void>()
    socket.once('error', () => resolve())
    socket.once('close', () => resolve())
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, body.length >> 1)]), () => socket.destroy())
    await promise
  }

  async function cutExchange(point: CutPoint, onDeadline: () => void, request: IncomingMessage): Promise<void> {
    const { socket } = request
    const cut = (): void => void socket.destroy()
    if (point === 'at the first byte') return cut()
    if (point === 'half of the request read') return void request.once('data', cut).once('end', cut)
    const body = await buffer(request)
    if (point === 'all of the request read') return cut()
    if (point === 'half of the request forwarded') return void (await forwardHalf(request, body), cut())
    const { head, body: responseBody } = await forwardRequest(request, body)
    if (point === 'executed, no response') return void socket.resetAndDestroy()
    if (point === 'executed, deadline exceeded') return onDeadline()
    const bytes = Buffer.concat([Buffer.from(head), responseBody])
    const lengthByPoint: Partial<Record<CutPoint, number>> = {
      'executed, half of the status line': 6,
      'executed, half of the headers': head.length >> 1,
      'executed, all of the headers': head.length,
      'executed, half of the body': head.length + (responseBody.length >> 1),
      'executed, all but the last byte': bytes.length - 1,
    }
    socket.end(bytes.subarray(0, lengthByPoint[point] ?? bytes.length))
  }

  async function handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    const plan = planned
    if (plan && plan.match.method === method && plan.match.path.test(url)) {
      planned = null
      return cutExchange(plan.point, plan.onDeadline, request)
    }
    const { head, body } = await forwardRequest(request, await buffer(request))
    response.socket?.write(Buffer.concat([Buffer.from(head), body]), () => response.socket?.end())
  }

  const server = createServer((request, response) => {
    request.socket.on('error', () => {})
    handleRequest(request, response).catch(() => request.socket.destroy())
  })
  const listen = (listenPort: number): Promise<void> =>
    new Promise((resolve) => server.listen(listenPort, '127.0.0.1', resolve))
  const stopListening = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const proxyPort = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${proxyPort}`,
    cut: (point, match, onDeadline) => void (planned = { point, match, onDeadline }),
    hasCut: () => planned === null,
    stopListening: stopListening,
    accept: () => listen(proxyPort),
    close: stopListening,
  }
}
