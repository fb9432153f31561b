export interface VendorRequest {
  method: string
  /** Path with its query. */
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}

export interface ScriptedResponse {
  /** Status. Default: 200. */
  status?: number
  /** Headers besides Content-Length. Default of Content-Type: JSON. */
  headers?: Readonly<Record<string, string>>
  /** Strings and bytes are sent unchanged, all other values as JSON. */
  body?: unknown
  /** Effect of the request, for the ledger. */
  effect?: string
}

/** Returns the first request in `bytes` and its length. Null if the request is not complete yet. */
export function parseRequest(bytes: Buffer): { request: VendorRequest; length: number } | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const [method = '', path = ''] = first.split(' ')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const body =
    headers['transfer-encoding'] === 'chunked'
      ? chunkedBody(bytes, end + 4)
      : wholeBody(bytes, end + 4, Number(headers['content-length'] ?? 0))
  return body && { request: { method, path, headers, body: body.bytes }, length: body.end }
}

function wholeBody(bytes: Buffer, start: number, size: number): { bytes: Buffer; end: number } | null {
  return bytes.length < start + size ? null : { bytes: bytes.subarray(start, start + size), end: start + size }
}

function chunkedBody(bytes: Buffer, start: number): { bytes: Buffer; end: number } | null {
  const chunks: Buffer[] = []
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return { bytes: Buffer.concat(chunks), end: next }
    chunks.push(bytes.subarray(line + 2, line + 2 + size))
    at = next
  }
}

/** Formats the status line and the headers, with the empty line at their end. */
export function head(status: number, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} Word\r\n${lines.join('')}\r\n`
}

export function bodyOf({ body }: ScriptedResponse): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body as string)
  return Buffer.from(JSON.stringify(body))
}

export function serialise(response: ScriptedResponse): Buffer {
  const body = bodyOf(response)
  const status = response.status ?? 200
  const length = status === 204 ? {} : { 'Content-Length': body.length }
  const type = body.length === 0 ? {} : { 'Content-Type': 'application/json' }
  return Buffer.concat([Buffer.from(head(status, { ...type, ...length, ...response.headers })), body])
}
