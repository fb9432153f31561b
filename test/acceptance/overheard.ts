import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Every credential that the HTTP servers of this process were sent, from now on. */
export function overhear(): ReadonlySet<string> {
  const heard = new Set<string>()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const { authorization = '' } = request.headers
    const [, credential] = authorization.split(' ', 2)
    if (credential) heard.add(credential)
    if (request.url?.includes('token')) hearBody(request, heard)
  })
  return heard
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
