import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Writes the response to a request for a file. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => void

export interface FileHost {
  url: string
  /** Settings for `accounts.<key>`. */
  account: object
  /** Requests for files, in their order. */
  requests: { method: string; url: string; headers: IncomingMessage['headers'] }[]
  /** Number of requests for access tokens. */
  tokens: number
  /** Number of connections over which a file is being sent. */
  sending: number
  serve: Serve
  close(): void
}

/** Starts a TrueConf server that issues access tokens and serves records as the test says. */
export async function startFileHost(serve: Serve): Promise<FileHost> {
  const server = createServer((request, response) => {
    if (request.url === '/oauth2/v1/token') {
      host.tokens++
      response.setHeader('content-type', 'application/json')
      return void response.end(
        JSON.stringify({ access_token: `token-${host.tokens}`, token_type: 'Bearer', expires_in: 3600 }),
      )
    }
    host.requests.push({ method: request.method!, url: request.url!, headers: request.headers })
    host.sending++
    response.once('close', () => host.sending--)
    host.serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const host: FileHost = {
    url,
    account: { vendor: 'trueconf', serverUrl: url, clientId: 'id', clientSecret: 'secret-of-the-file-host' },
    requests: [],
    tokens: 0,
    sending: 0,
    serve,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return host
}

/** Serves the bytes with ranges, as nginx does. */
export const serveBytes =
  (bytes: Buffer, headers: Record<string, string> = {}): Serve =>
  (request, response) => {
    const size = bytes.length
    const common = { 'content-type': 'video/x-matroska', 'accept-ranges': 'bytes', etag: '"v1"', ...headers }
    const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    const isStale = ![undefined, '"v1"'].includes(request.headers['if-range'] as string | undefined)
    if ((first === '' && last === '') || isStale) {
      response.writeHead(200, { ...common, 'content-length': size })
      return void response.end(request.method === 'HEAD' ? undefined : bytes)
    }
    const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
    const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last))
    if (start >= size) return void response.writeHead(416, { ...common, 'content-range': `bytes */${size}` }).end()
    const range = { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 }
    response.writeHead(206, { ...common, ...range })
    response.end(request.method === 'HEAD' ? undefined : bytes.subarray(start, end + 1))
  }
