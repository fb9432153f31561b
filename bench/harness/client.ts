import { Agent, request, type Dispatcher } from 'undici'

const agent = new Agent({
  connections: 2_048,
  pipelining: 1,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  connectTimeout: 30_000,
  keepAliveMaxTimeout: 4_000,
})
/** Later than this an answer counts as none. */
const patience = 30_000

export interface Reply {
  status: number
  headers: Dispatcher.ResponseData['headers']
  text: string
  /** Why there was no complete answer in time; null where there was one. */
  failure: string | null
}

/** An answer as GraphQL has it. */
export interface Answer {
  data?: unknown
  errors?: { message: string; extensions?: { code?: string; account?: string } }[]
}

const json = { 'content-type': 'application/json' }

/** Posts one operation to /graphql. */
export async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = json,
  signal: AbortSignal = AbortSignal.timeout(patience),
): Promise<Reply> {
  try {
    const answer = await request(`${url}/graphql`, { method: 'POST', headers, body, dispatcher: agent, signal })
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text(), failure: null }
  } catch (error) {
    const { name, code } = error as Error & { code?: unknown }
    return { status: 0, headers: {}, text: '', failure: `no answer: ${typeof code === 'string' ? code : name}` }
  }
}

/** Null where the body is no JSON object. */
export function parse({ text }: Reply): Answer | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Answer) : null
  } catch {
    return null
  }
}

/** The data of an answer that has to be whole. */
export async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const reply = await post(url, JSON.stringify({ query, variables }))
  const answer = parse(reply)
  if (!answer?.data || answer.errors) throw new Error(`in calm: ${reply.failure ?? reply.text}`)
  return answer.data as T
}

/** Where something went wrong: the codes of an answer's errors and of the problems of its sources, with their accounts. */
export function problemsOf({ data, errors }: Answer): { code: string; account: string | null }[] {
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

/** One operation with one file, as the multipart request specification has it. */
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
