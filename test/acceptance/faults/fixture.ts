import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UpstreamEvent } from '../../../src/upstream/events.ts'
import { startInProcess } from '../../support/server-in-process.ts'
import { startVendor, type FaultyVendor, type VendorOptions } from './vendor.ts'

/** The limits of the contract; the breaker is off where a row is not about it. */
const standardLimits = { backoffBase: 5, breakerFailures: 1 }

/** For rows that end in a timeout; the others need not hurry, on whatever machine they run. */
export const shortLimits = {
  connectTimeout: 300,
  headersTimeout: 800,
  idleTimeout: 800,
  attemptTimeout: 1_000,
  operationDeadline: 2_600,
}

export interface FixtureOptions extends VendorOptions {
  limits?: object
  /** Told what the first server's account V meets. */
  onEvent?(event: UpstreamEvent): void
}

/** Two servers over the same vendors: one with V first in its configuration, one with V last. */
export interface Fixture {
  v: FaultyVendor
  w: FaultyVendor
  first: Server
  last: Server
  /** Ends the vendors. */
  close(): Promise<void>
}

export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const [v, w] = await Promise.all([startVendor(options), startVendor({ key: true })])
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
  /** Milliseconds. */
  took: number
}

export interface Server {
  ask(query: string, variables?: object, signal?: AbortSignal): Promise<Reply>
  read(accounts: readonly string[], more?: object): Promise<Reply>
  create(input: object, signal?: AbortSignal): Promise<Reply>
  log(): string
  /** Ends it and starts it again over the same data, with these accounts where they are given. */
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
  const open = (which: Record<string, object>) =>
    startInProcess({
      accounts: which,
      limits,
      data,
      lines,
      onEvent: (account, event) => {
        if (account === 'v') onEvent?.(event)
      },
    })
  let running = await open(accounts)
  const server: Server = {
    ask: async (query, variables = {}, signal) => {
      const startedAt = performance.now()
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query, variables }),
        ...(signal ? { signal } : {}),
      })
      const answer = (await response.json()) as Omit<Reply, 'status' | 'took'>
      return { ...answer, status: response.status, took: performance.now() - startedAt }
    },
    read: (keys, more = {}) => server.ask(usersQuery, { keys, ...more }),
    create: (input, signal) => server.ask(createMutation, { input }, signal),
    log: () => lines.join(''),
    restart: async (others = accounts) => {
      await running.stop()
      running = await open(others)
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
