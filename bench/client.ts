import { Agent, request } from 'undici'

const dispatcher = new Agent({ connections: 512, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 })

export interface Reply {
  status: number
  requestId: string
  /** Why there was no complete answer within 30 s; null where there was one. */
  failure: string | null
  /** Null where the body is no JSON. */
  json: { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] } | null
}

/** Posts one operation and waits at most 30 s. */
export async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Reply> {
  try {
    const signal = AbortSignal.timeout(30_000)
    const answer = await request(`${url}/graphql`, { method: 'POST', headers, body, dispatcher, signal })
    const text = await answer.body.text()
    const requestId = String(answer.headers['x-request-id'] ?? '')
    return { status: answer.statusCode, requestId, failure: null, json: parse(text) }
  } catch (error) {
    const { name, code } = error as Error & { code?: unknown }
    return { status: 0, requestId: '', failure: `no answer: ${typeof code === 'string' ? code : name}`, json: null }
  }
}

function parse(text: string): Reply['json'] {
  try {
    return JSON.parse(text) as Reply['json']
  } catch {
    return null
  }
}

/** One operation with one file, as the multipart request specification has it. */
export function multipart(query: string, variables: object, file: Buffer): { body: Buffer; type: string } {
  const boundary = 'parley-bench-boundary'
  const part = (name: string, text: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const head =
    part('operations', JSON.stringify({ query, variables })) +
    part('map', '{"0":["variables.file"]}') +
    `--${boundary}\r\nContent-Disposition: form-data; name="0"; filename="load.bin"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n'
  return {
    body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  }
}
