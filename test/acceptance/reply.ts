import net from 'node:net'
import type { ServerProcess } from '../support/server.ts'

export interface PresentedError {
  message: string
  path?: unknown[]
  extensions: { code: string; retryable: boolean; requestId: string }
}

export interface Problem {
  code: string
  message: string
  path: string[] | null
}

export interface Payload {
  outcome: string
  problems: Problem[]
  [field: string]: unknown
}

export interface Reply {
  status: number
  headers: Headers
  text: string
  data: Record<string, any> | null | undefined
  errors: PresentedError[] | undefined
}

/** A request to /graphql; one of `json`, `form`, `body` or neither. `key`: the API key or JWT, null for none. */
export interface Ask {
  method?: string
  search?: string
  headers?: Record<string, string>
  json?: unknown
  form?: FormData
  body?: string | Uint8Array
  key?: string | null
}

export const graphqlType = 'application/graphql-response+json'

export async function ask(server: ServerProcess, what: Ask): Promise<Reply> {
  const { method = 'POST', search = '', json, form, key = null } = what
  const body = json === undefined ? (form ?? what.body) : JSON.stringify(json)
  const headers = {
    accept: graphqlType,
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(form && { 'x-parley-csrf': '1' }),
    ...(key !== null && { authorization: `Bearer ${key}` }),
    ...what.headers,
  }
  // A string body would be given a type of its own.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const init = { method, headers, redirect: 'manual', ...(bytes !== undefined && { body: bytes as BodyInit }) } as const
  const response = await fetch(`${server.url}/graphql${search}`, init).catch((cause: unknown) => {
    throw new Error(`No answer; alive: ${server.isRunning}; ${server.stderr().slice(-500)}`, { cause })
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, ...partsOf(text) }
}

/** What a file's multipart request looks like; `file` goes to the place `path`. */
export function uploadForm(query: string, variables: object, path: string, file: File): FormData {
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables }))
  form.append('map', JSON.stringify({ 0: [path] }))
  form.append('0', file, file.name)
  return form
}

/** Sends bytes as they are and reads what comes until the server closes. */
export function raw({ port }: Pick<ServerProcess, 'port'>, bytes: string | Uint8Array): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  let answer = ''
  const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.on('close', () => {
    const [head = '', ...rest] = answer.split('\r\n\r\n')
    const text = rest.join('\r\n\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
    resolve({ status, headers: new Headers(), text, ...partsOf(text) })
  })
  return promise
}

function partsOf(text: string): Pick<Reply, 'data' | 'errors'> {
  if (!text.startsWith('{')) return { data: undefined, errors: undefined }
  const { data, errors } = JSON.parse(text) as Pick<Reply, 'data' | 'errors'>
  return { data, errors }
}
