import { createHash } from 'node:crypto'
import net from 'node:net'
import { GraphQLError, GraphQLScalarType, Kind, buildSchema } from 'graphql'
import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import type { ApiClient } from '../../src/auth/caller.ts'
import { Problem } from '../../src/core/errors.ts'
import { isFileHandle } from '../../src/core/file-handle.ts'
import { httpLimits } from '../../src/http/limits.ts'
import type { HttpLimits } from '../../src/http/limits.ts'
import { TrustedList } from '../../src/http/document/trusted-list.ts'
import type { OperationRequest } from '../../src/http/operation-execution.ts'
import type { ToolEndpoint } from '../../src/http/operation-endpoint.ts'
import { createErrorResponse } from '../../src/http/response/error-response.ts'
import { HttpServer } from '../../src/http/server.ts'
import type { HttpServerOptions } from '../../src/http/server.ts'

const sdl = `
  scalar EmailAddress
  scalar TimeZone
  scalar File
  type Query {
    hello(name: String): String
    broken: String
    rejected: String
    pathed: String
    wait: String
    failing(count: Int!): [String!]
    node(id: ID!): User
    nodes(ids: [ID!]!): [User]!
    users(first: Int, after: String, last: Int): UserConnection
    conferences(first: Int): ConferenceConnection
    caller: String
  }
  type Mutation { rename(input: RenameInput!): String  upload(file: File!, files: [File!]): String  waitWrite: String }
  type Subscription { ticks: Int }
  enum Role { OWNER GUEST }
  input RenameInput { id: ID!  email: EmailAddress  zone: TimeZone  role: Role  tags: [String!] }
  type UserConnection { edges: [UserEdge!]!  nodes: [User!]! }
  type UserEdge { cursor: String!  node: User! }
  type User { id: ID!  name: String  friend: User  conferences(first: Int): ConferenceConnection  ${Array.from({ length: 20 }, (_, i) => `f${i}: String`).join(' ')} }
  type ConferenceConnection { nodes: [Conference!]! }
  type Conference { title: String  owner: User  participants(first: Int): UserConnection }
`

interface Ledger {
  calls: string[]
  contexts: OperationRequest[]
  uploads: { name: string; type: string; size: number; sha256: string }[]
  problems: unknown[]
  logs: { level: string; fields: Record<string, unknown>; message: string }[]
}

function createSchema(ledger: Ledger): GraphQLSchema {
  const schema = buildSchema(sdl)
  const email = schema.getType('EmailAddress') as GraphQLScalarType
  email.parseValue = (value) => {
    if (typeof value === 'string' && /^[^@]+@[^@]+$/.test(value)) return value
    throw new Problem('BAD_USER_INPUT', 'must be an e-mail address')
  }
  email.parseLiteral = (node) => email.parseValue(node.kind === Kind.STRING ? node.value : null)
  const zone = schema.getType('TimeZone') as GraphQLScalarType
  zone.parseValue = () => {
    throw new GraphQLError('TimeZone must be an IANA name.')
  }
  zone.parseLiteral = (node) => {
    throw new GraphQLError('TimeZone must be an IANA name.', { nodes: node })
  }
  const file = schema.getType('File') as GraphQLScalarType
  file.parseValue = (value) => {
    if (isFileHandle(value)) return value
    throw new Problem('BAD_USER_INPUT', 'must be a file part')
  }
  const on = (type: string, field: string, resolve: (args: never, context: OperationRequest) => unknown) => {
    const target = (schema.getType(type) as GraphQLObjectType).getFields()[field]
    if (!target) throw new GraphQLError(field)
    target.resolve = (_source, args, context) => {
      ledger.calls.push(field)
      ledger.contexts.push(context as OperationRequest)
      return resolve(args as never, context as OperationRequest)
    }
  }
  on('Query', 'hello', ({ name }: { name?: string }) => `hello ${name ?? 'fixture'}`)
  on('Query', 'broken', () => {
    throw new Error('secret inside')
  })
  on('Query', 'rejected', () => {
    throw new Problem('VENDOR_RATE_LIMITED', 'Later.', { account: 'zoom', retryAt: 0 })
  })
  on('Query', 'pathed', () => {
    throw new Problem('BAD_USER_INPUT', 'No.', { path: ['input', 'title'] })
  })
  on('Query', 'nodes', ({ ids }: { ids: string[] }) =>
    ids.map(async () => {
      throw new Problem('INVALID_ID', 'No.', { path: ['ids'] })
    }),
  )
  on('Query', 'failing', ({ count }: { count: number }) =>
    Array.from({ length: count }, () => new Error('one of many')),
  )
  on('Query', 'users', () => ({ nodes: [], edges: [] }))
  on('Query', 'conferences', () => ({ nodes: [] }))
  on('Query', 'node', () => null)
  on('Query', 'caller', (_args, { caller }) => caller.name)
  on('Mutation', 'rename', () => 'renamed')
  const whenAborted = ({ signal }: OperationRequest) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        ledger.problems.push(signal.reason)
        reject(signal.reason as Error)
      })
    })
  on('Query', 'wait', (_args, context) => whenAborted(context))
  on('Mutation', 'waitWrite', (_args, context) => whenAborted(context))
  on('Mutation', 'upload', async ({ file: first, files = [] }: { file: unknown; files?: unknown[] }) => {
    for (const handle of [first, ...files]) await consume(handle, ledger)
    return 'uploaded'
  })
  return schema
}

async function consume(handle: unknown, ledger: Ledger): Promise<void> {
  if (!isFileHandle(handle)) throw new Error('no handle')
  try {
    const { name, contentType, bytes } = await handle.whenArrived()
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of bytes) {
      hash.update(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    ledger.uploads.push({ name, type: contentType, size, sha256: hash.digest('hex') })
  } catch (error) {
    ledger.problems.push(error)
    throw error
  }
}

export interface Harness extends Ledger {
  url: string
  port: number
  http: HttpServer
  post(body: unknown, headers?: Record<string, string>): Promise<ReceivedResponse>
}

export interface ReceivedResponse {
  status: number
  headers: Headers
  text: string
  json: {
    data?: Record<string, unknown>
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[]
  }
  code: unknown
  /** Processor time of the process for the request, in milliseconds. */
  cpuMs: number
}

const closedTools: ToolEndpoint = {
  isOpen: false,
  handle: () => never,
  createRejection: createErrorResponse,
  findMetadata: () => null,
}

/** Never settles. */
const never = new Promise<never>(() => {})

export const graphqlType = 'application/graphql-response+json'

interface HarnessOptions extends Partial<Omit<HttpServerOptions, 'limits'>> {
  limits?: Partial<HttpLimits>
  clients?: ApiClient[]
  /** Default: a free port. */
  port?: number
}

export async function startServer({
  limits,
  clients = [],
  port = 0,
  ...options
}: HarnessOptions = {}): Promise<Harness> {
  const ledger: Ledger = { calls: [], contexts: [], uploads: [], problems: [], logs: [] }
  const log = (level: string) => (fields: object, message: string) =>
    ledger.logs.push({ level, fields: fields as Record<string, unknown>, message })
  const http = new HttpServer({
    schema: createSchema(ledger),
    authenticate: createAuthenticator({ clients, jwt: null }),
    limits: { ...httpLimits, drainAnnounce: 0, ...limits },
    cors: null,
    allowedSites: null,
    basePath: '',
    reusePort: false,
    trustProxy: false,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    metrics: async () => 'up 1\n',
    createContext: (request) => request,
    getListSizes: () => ({}),
    subgraph: null,
    documents: { getPolicy: () => ({ mode: 'off', list: new TrustedList([]) }), onRequest: () => {} },
    getVendorName: (account) => (account === 'zoom' ? 'ZOOM' : null),
    hooks: { findReceiver: () => null },
    createToolEndpoint: () => closedTools,
    downloads: { links: { read: () => null }, isAllowed: () => false, openRecording: () => never, onEnd: () => {} },
    playground: { title: 'Parley', isClosed: () => false, getExamples: () => [{ query: '{ hello }' }] },
    ...options,
  })
  const { url } = await http.listen(port, '127.0.0.1')
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    sendRequest(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: graphqlType, ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    } as RequestInit)
  return { ...ledger, http, url, port: Number(new URL(url).port), post }
}

export async function sendRequest(url: string, init: RequestInit = {}): Promise<ReceivedResponse> {
  const before = process.cpuUsage()
  const response = await fetch(url, init)
  const text = await response.text()
  const json = (text.startsWith('{') ? JSON.parse(text) : {}) as ReceivedResponse['json']
  const { status, headers } = response
  const { user, system } = process.cpuUsage(before)
  const cpuMs = (user + system) / 1_000
  return { status, headers, text, json, code: json.errors?.[0]?.extensions['code'], cpuMs }
}

/**
 * Sends bytes, and returns the response when the server closes the connection, or as soon as the response matches `pattern`. The
 * server keeps a connection open for a second after it has rejected a body that is still arriving.
 */
export function raw(port: number, text: string | Buffer, pattern?: RegExp): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let result = ''
  const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
  socket.on('data', (chunk) => {
    result += chunk.toString('latin1')
    if (pattern?.test(result)) socket.destroy()
  })
  socket.on('error', () => {})
  socket.on('close', () => resolve(result))
  return promise
}
