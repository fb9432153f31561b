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

/** A request to /graphql, with at most one of `json`, `form`, and `body`. */
export interface RequestOptions {
  method?: string
  search?: string
  headers?: Record<string, string>
  json?: unknown
  form?: FormData
  body?: string | Uint8Array
  /** API key or JWT. Null for a request without credentials. */
  key?: string | null
}

export const graphqlType = 'application/graphql-response+json'

/** @param server A process, or a server in the process of the test. */
export async function send(server: Pick<ServerProcess, 'url' | 'stderr'>, options: RequestOptions): Promise<Reply> {
  const { method = 'POST', search = '', json, form, key = null } = options
  const body = json === undefined ? (form ?? options.body) : JSON.stringify(json)
  const headers = {
    accept: graphqlType,
    ...(json !== undefined && { 'content-type': 'application/json' }),
    ...(form && { 'x-parley-csrf': '1' }),
    ...(key !== null && { authorization: `Bearer ${key}` }),
    ...options.headers,
  }
  // fetch adds a Content-Type to a string.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const init = { method, headers, redirect: 'manual', ...(bytes !== undefined && { body: bytes as BodyInit }) } as const
  const response = await fetch(`${server.url}/graphql${search}`, init).catch((cause: unknown) => {
    throw new Error(`No response. ${server.stderr().slice(-500)}`, { cause })
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, ...parseResponse(text) }
}

/** Creates a multipart request with a file for the variable at `path`. */
export function createUploadForm(query: string, variables: object, path: string, file: File): FormData {
  const form = new FormData()
  form.append('operations', JSON.stringify({ query, variables }))
  form.append('map', JSON.stringify({ 0: [path] }))
  form.append('0', file, file.name)
  return form
}

/** Sends bytes unchanged, and reads the response until the server closes the connection. */
export function sendBytes({ port }: Pick<ServerProcess, 'port'>, bytes: string | Uint8Array): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  let received = ''
  const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.on('data', (chunk) => (received += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.on('close', () => {
    const [head = '', ...rest] = received.split('\r\n\r\n')
    const text = rest.join('\r\n\r\n')
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0)
    resolve({ status, headers: new Headers(), text, ...parseResponse(text) })
  })
  return promise
}

function parseResponse(text: string): Pick<Reply, 'data' | 'errors'> {
  if (!text.startsWith('{')) return { data: undefined, errors: undefined }
  const { data, errors } = JSON.parse(text) as Pick<Reply, 'data' | 'errors'>
  return { data, errors }
}
