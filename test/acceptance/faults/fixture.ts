import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UpstreamEvent } from '../../../src/upstream/events.ts'
import { startInProcess } from '../../support/server-in-process.ts'
import { startVendor, type FaultyVendor, type VendorOptions } from './vendor.ts'

/** Default limits with a short backoff. The circuit breaker is off unless a row tests it. */
const standardLimits = { backoffBase: 5, breakerFailures: 1 }

export interface FixtureOptions extends VendorOptions {
  limits?: object
  /** Receives the events of the account V of the first server. */
  onEvent?(event: UpstreamEvent): void
}

/** Two servers with the same vendors: V is the first account of one server and the last account of the other. */
export interface Fixture {
  v: FaultyVendor
  w: FaultyVendor
  first: Server
  last: Server
  /** Closes the vendors. */
  close(): Promise<void>
}

export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const [v, w] = await Promise.all([startVendor(options), startVendor({ hasSecretKey: true })])
  const limits = { ...standardLimits, ...options.limits }
  const [first, last] = await Promise.all([
    serve({ v: v.account, w: w.account }, limits, options.onEvent),
    serve({ w: w.account, v: v.account }, limits),
  ])
  return {
    v,
    w,
    first,
    last,
    close: async () => void (await Promise.all([v.close(), w.close()])),
  }
}

export interface Reply {
  status: number
  data: Record<string, any> | null
  errors?: { message: string; path?: unknown[]; extensions: Record<string, any> }[]
  durationMs: number
}

export interface Server {
  send(query: string, variables?: object, signal?: AbortSignal): Promise<Reply>
  read(accounts: readonly string[], more?: object): Promise<Reply>
  create(input: object, signal?: AbortSignal): Promise<Reply>
  log(): string
  /** Stops the server and starts it again with the same data. @param accounts Default: the same accounts. */
  restart(accounts?: Record<string, object>): Promise<void>
  stop(): Promise<void>
}

export async function serve(
  accounts: Record<string, object>,
  limits: object,
  onEvent?: (event: UpstreamEvent) => void,
): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'parley-faults-'))
  const lines: string[] = []
  const open = (configured: Record<string, object>) =>
    startInProcess({
      accounts: configured,
      limits,
      data,
      lines,
      drainAnnounce: 0,
      onEvent: (account, event) => {
        if (account === 'v') onEvent?.(event)
      },
    })
  let running = await open(accounts)
  const server: Server = {
    send: async (query, variables = {}, signal) => {
      const startedAt = performance.now()
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
        ...(signal ? { signal } : {}),
      })
      const body = (await response.json()) as Omit<Reply, 'status' | 'durationMs'>
      return { ...body, status: response.status, durationMs: performance.now() - startedAt }
    },
    read: (keys, more = {}) => server.send(usersQuery, { keys, ...more }),
    create: (input, signal) => server.send(createMutation, { input }, signal),
    log: () => lines.join(''),
    restart: async (configured = accounts) => {
      await running.stop()
      running = await open(configured)
    },
    stop: async () => {
      await running.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  return server
}

const problem = 'code message retryable retryAt path vendorStatus vendorCode vendorMessage account { key }'

const usersQuery = `query ($keys: [String!], $first: Int = 20, $after: String) {
  users(first: $first, after: $after, filter: { accounts: $keys }) {
    nodes { id vendorId account { key } }
    pageInfo { hasNextPage endCursor }
    sources { account { key } status nodes problem { ${problem} } }
  }
}`

const createMutation = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) {
    outcome replayed
    conference { id vendorId title }
    problems { ${problem} }
    operation { id outcome problem { code } }
  }
}`

export const operationQuery = 'query ($id: ID!) { operation(id: $id) { id outcome problem { code } } }'
