import { createServer, request as forward } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** Where the way of one write is cut, from before its connection to behind its answer's last byte. */
export const cutPoints = [
  'refused connection',
  'at its first byte',
  'half of the request read',
  'all of the request read',
  'half of the request passed on',
  'done, no answer',
  'done, deadline passed',
  'done, half of the status line',
  'done, half of the headers',
  'done, all of the headers',
  'done, half of the body',
  'done, all but the last byte',
  'done, closed behind the answer',
] as const
export type CutPoint = (typeof cutPoints)[number]

export interface CutProxy {
  url: string
  /** Cuts the next write that matches, and no other. */
  cut(point: CutPoint, match: { method: string; path: RegExp }, onDeadline: () => void): void
  /** Whether the cut has been made. */
  made(): boolean
  /** No connection is accepted until then. */
  refuse(): Promise<void>
  accept(): Promise<void>
  close(): Promise<void>
}

function sized(headers: IncomingHttpHeaders, length: number): IncomingHttpHeaders {
  const { 'transfer-encoding': chunked, ...plain } = headers
  return { ...(chunked === undefined ? headers : plain), 'content-length': String(length) }
}

/** A loopback proxy to `target` (an origin) that can cut at any point. */
export async function startCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target)
  let planned: { point: CutPoint; match: { method: string; path: RegExp }; onDeadline: () => void } | null = null

  async function pass(request: IncomingMessage, body: Buffer): Promise<{ head: string; body: Buffer; status: number }> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const { method, url: path, headers } = request
    const passing = forward(
      { hostname, port, method, path, headers: sized(headers, body.length), agent: false },
      resolve,
    )
    passing.on('error', reject)
    passing.end(body)
    const answer = await promise
    const answered = await buffer(answer)
    const lines = answer.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 && !/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(name)
        ? [`${name}: ${all[index + 1]}`]
        : [],
    )
    const length = answer.statusCode === 204 ? [] : [`content-length: ${answered.length}`]
    const head = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, ...lines, ...length, '', ''].join('\r\n')
    return { head, body: answered, status: answer.statusCode! }
  }

  async function passHalf(request: IncomingMessage, body: Buffer): Promise<void> {
    const socket = net.connect(Number(port), hostname)
    const lines = Object.entries(sized(request.headers, body.length || 10))
    const head = `${request.method} ${request.url} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${String(value)}`).join('\r\n')}\r\n\r\n`
    const { promise, resolve } = Promise.withResolvers<void>()
    socket.once('error', () => resolve())
    socket.once('close', () => resolve())
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, body.length >> 1)]), () => socket.destroy())
    await promise
  }

  async function misbehave(point: CutPoint, onDeadline: () => void, request: IncomingMessage): Promise<void> {
    const { socket } = request
    const cut = (): void => void socket.destroy()
    if (point === 'at its first byte') return cut()
    if (point === 'half of the request read') return void request.once('data', cut).once('end', cut)
    const body = await buffer(request)
    if (point === 'all of the request read') return cut()
    if (point === 'half of the request passed on') return void (await passHalf(request, body), cut())
    const { head, body: answer } = await pass(request, body)
    if (point === 'done, no answer') return void socket.resetAndDestroy()
    if (point === 'done, deadline passed') return onDeadline()
    const whole = Buffer.concat([Buffer.from(head), answer])
    const upTo: Partial<Record<CutPoint, number>> = {
      'done, half of the status line': 6,
      'done, half of the headers': head.length >> 1,
      'done, all of the headers': head.length,
      'done, half of the body': head.length + (answer.length >> 1),
      'done, all but the last byte': whole.length - 1,
    }
    socket.end(whole.subarray(0, upTo[point] ?? whole.length))
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    const plan = planned
    if (plan && plan.match.method === method && plan.match.path.test(url)) {
      planned = null
      return misbehave(plan.point, plan.onDeadline, request)
    }
    const { head, body } = await pass(request, await buffer(request))
    response.socket?.write(Buffer.concat([Buffer.from(head), body]), () => response.socket?.end())
  }

  const server = createServer((request, response) => {
    request.socket.on('error', () => {})
    answer(request, response).catch(() => request.socket.destroy())
  })
  const listen = (at: number): Promise<void> => new Promise((resolve) => server.listen(at, '127.0.0.1', resolve))
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}`,
    cut: (point, match, onDeadline) => void (planned = { point, match, onDeadline }),
    made: () => planned === null,
    refuse: shut,
    accept: () => listen(own),
    close: shut,
  }
}
