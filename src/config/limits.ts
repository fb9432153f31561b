import { z } from 'zod'
import { defaultBufferBytes } from '../core/byte-budget.ts'
import { upstreamLimits, type UpstreamLimits } from '../upstream/limits.ts'

/** Times in ms, sizes in bytes. */
export interface ServerLimits {
  /** One operation, retries and token fetches included. */
  operationDeadline: number
  /** Work in flight may go on so long after SIGTERM. */
  shutdownGrace: number
  /** A request's body without its files. */
  requestBytes: number
  tokens: number
  depth: number
  /** Depth of a document that asks for nothing but the schema. */
  introspectionDepth: number
  aliases: number
  rootFields: number
  directives: number
  cost: number
  /** Ids in one list argument. */
  ids: number
  /** Errors in one answer. */
  errors: number
  /** One answer as JSON; each value counts at least 16. */
  responseBytes: number
  /** Items of a list's page where neither `first` nor `last` says; at most 100. */
  pageSize: number
  /** Vendor calls that one page of a list may spend on walking it. */
  scanCalls: number
  /** Vendor calls of one operation; retries, token requests, and what a mutation itself sends are not counted. */
  operationCalls: number
  /** Items that a list may have to be put in another order than its vendor's. */
  orderByItems: number
  /** Vendor calls that an `orderBy` can take on one account, over all pages until the list is read. */
  orderByCalls: number
  /** What the operations of one caller may take in the operation store. */
  callerStoreBytes: number
  uploadBytes: number
  /** Files in one request. */
  files: number
  /** An upload is cut where fewer bytes than this come in an `uploadProgressTime`. */
  uploadProgressBytes: number
  uploadProgressTime: number
  /** Operations of one caller at one time, if there can be several callers. */
  operationsPerCaller: number
  /** Memory that all requests together may use for bodies, uploads, vendor responses, and unsent responses. */
  bufferBytes: number
  /** Open client connections. */
  connections: number
  /** A client that sends a JSON body, or reads its response, slower than this is disconnected. */
  socketProgressBytes: number
  socketProgressTime: number
  /** A client's socket: until its headers are in, until its body is in, between requests. */
  socketHeadersTimeout: number
  socketRequestTimeout: number
  socketKeepAlive: number
}

export const serverLimits: ServerLimits = {
  operationDeadline: 25_000,
  shutdownGrace: 25_000,
  requestBytes: 1024 ** 2,
  tokens: 2_000,
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  cost: 5_000,
  ids: 250,
  errors: 100,
  responseBytes: 4 * 1024 ** 2,
  pageSize: 20,
  scanCalls: 30,
  operationCalls: 120,
  orderByItems: 5_000,
  orderByCalls: 5_000,
  callerStoreBytes: 256 * 1024 ** 2,
  uploadBytes: 5 * 1024 ** 3,
  files: 10,
  uploadProgressBytes: 64 * 1024,
  uploadProgressTime: 10_000,
  operationsPerCaller: 128,
  bufferBytes: defaultBufferBytes,
  connections: 4_096,
  socketProgressBytes: 64 * 1024,
  socketProgressTime: 10_000,
  socketHeadersTimeout: 10_000,
  socketRequestTimeout: 30_000,
  socketKeepAlive: 65_000,
}

/** The server's, complete; of the upstream's only what the configuration sets, for that goes before a vendor's own. */
export type Limits = ServerLimits & { upstream: Partial<UpstreamLimits> }

/** Those that may be 0: nothing waits, nothing is tried again. */
const mayBeNone: ReadonlySet<string> = new Set([
  'queue',
  'queueWait',
  'retryQuota',
  'retryCost',
  'throttledRetryCost',
  'shutdownGrace',
])

/** A timer set for longer fires at once. */
const longestTimer = 2 ** 31 - 1

function number(name: string) {
  if (name === 'pageSize') return z.int().min(1).max(100)
  if (name === 'breakerFailures') return z.number().min(0.01).max(1)
  const most = name.endsWith('Bytes') ? Number.MAX_SAFE_INTEGER : longestTimer
  return z
    .int()
    .min(mayBeNone.has(name) ? 0 : 1)
    .max(most)
}

const overrides = <T extends object>(defaults: T) =>
  Object.fromEntries(Object.keys(defaults).map((name) => [name, number(name).optional()]))

/** The `limits` of a configuration: every number by its name, in one flat block. */
export const Limits = z
  .strictObject({ ...overrides(serverLimits), ...overrides(upstreamLimits) })
  .transform((given): Limits => {
    const upstream = Object.entries(given).filter(([name]) => name in upstreamLimits)
    const server = Object.entries(given).filter(([name]) => name in serverLimits)
    return { ...serverLimits, ...Object.fromEntries(server), upstream: Object.fromEntries(upstream) }
  })
