import { Agent, request, type Dispatcher } from 'undici'

const agent = new Agent({
  connections: 2_048,
  pipelining: 1,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  connectTimeout: 30_000,
  keepAliveMaxTimeout: 4_000,
})
/** A response that arrives after this time counts as missing. */
const patience = 30_000

export interface Reply {
  status: number
  headers: Dispatcher.ResponseData['headers']
  text: string
  /** Reason why no complete response arrived in time. Null if it did. */
  failure: string | null
}

/** A GraphQL response. */
export interface ReceivedResponse {
  data?: unknown
  errors?: { message: string; extensions?: { code?: string; account?: string } }[]
}

const json = { 'content-type': 'application/json' }

/** Sends one operation to /graphql. */
export async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = json,
  signal: AbortSignal = AbortSignal.timeout(patience),
): Promise<Reply> {
  try {
    const response = await request(`${url}/graphql`, { method: 'POST', headers, body, dispatcher: agent, signal })
    return { status: response.statusCode, headers: response.headers, text: await response.body.text(), failure: null }
  } catch (error) {
    const { name, code } = error as Error & { code?: unknown }
    return { status: 0, headers: {}, text: '', failure: `no response: ${typeof code === 'string' ? code : name}` }
  }
}

/** Null if the body is not a JSON object. */
export function parse({ text }: Reply): ReceivedResponse | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as ReceivedResponse) : null
  } catch {
    return null
  }
}

/** Returns the data of a response that must be complete. */
export async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const reply = await post(url, JSON.stringify({ query, variables }))
  const response = parse(reply)
  if (!response?.data || response.errors) throw new Error(`in calm: ${reply.failure ?? reply.text}`)
  return response.data as T
}

/** Lists the codes of the errors and of the problems in `sources`, with their accounts. */
export function problemsOf({ data, errors }: ReceivedResponse): { code: string; account: string | null }[] {
  const found = (errors ?? []).map(({ extensions }) => ({
    code: extensions?.code ?? 'no code',
    account: extensions?.account ?? null,
  }))
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { account, problem } = value as { account?: { key?: string }; problem?: { code: string } | null }
    if (problem) found.push({ code: problem.code, account: account?.key ?? null })
    for (const part of Object.values(value)) look(part)
  }
  look(data)
  return found
}

/** Sends one operation with one file, in a GraphQL multipart request. */
export function multipart(
  operation: { query: string; variables: object },
  file: { name: string; type: string; bytes: Buffer },
): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'parley-bench-boundary'
  const part = (name: string, text: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const head =
    part('operations', JSON.stringify(operation)) +
    part('map', '{"0":["variables.file"]}') +
    `--${boundary}\r\nContent-Disposition: form-data; name="0"; filename="${file.name}"\r\n` +
    `Content-Type: ${file.type}\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-parley-csrf': '1' },
  }
}
