import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

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
