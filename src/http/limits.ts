import { defaultBufferBytes } from '../core/byte-budget.ts'

/** What a request may cost us. Times in ms, sizes in bytes; docs/limits.md says what each counts. */
export interface HttpLimits {
  requestBytes: number
  tokens: number
  depth: number
  /** Levels below `__schema` and `__type`. */
  introspectionDepth: number
  aliases: number
  rootFields: number
  directives: number
  cost: number
  /** Vendor calls that an operation causes as far as its text and variables show. */
  operationCalls: number
  /** Values in the result of introspection. */
  introspectionCost: number
  ids: number
  /** Items of a page where neither `first` nor `last` says. */
  pageSize: number
  /** Levels of JSON below the request's parameters. */
  variableDepth: number
  /** Errors in one answer; more are left out. */
  errors: number
  /** Of one answer as JSON; each value counts at least 16. */
  responseBytes: number
  uploadBytes: number
  files: number
  /** An upload that brings less than `uploadProgressBytes` in `uploadProgressTime` is cut. */
  uploadProgressBytes: number
  uploadProgressTime: number
  /** Memory that all requests together may use for bodies, uploads, vendor responses, and unsent responses. */
  bufferBytes: number
  /** Open client connections. */
  connections: number
  /** A client that sends a JSON body, or reads its response, slower than this is disconnected. */
  socketProgressBytes: number
  socketProgressTime: number
  operationDeadline: number
  /** How long after its deadline an operation may take to say so itself. */
  deadlineGrace: number
  operationsInFlight: number
  /** Those of one caller; as many as there are in all if there is only one caller. */
  operationsPerCaller: number
  /** The same while the event loop has no pause. */
  operationsWhileBusy: number
  socketHeadersTimeout: number
  socketRequestTimeout: number
  socketKeepAlive: number
  headerBytes: number
  headers: number
  /** How long a graceful stop tells clients to go elsewhere, and how long it then waits for work. */
  drainAnnounce: number
  shutdownGrace: number
}

export const httpLimits: HttpLimits = {
  requestBytes: 1024 * 1024,
  tokens: 2_000,
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  rootFields: 20,
  directives: 50,
  cost: 5_000,
  operationCalls: 120,
  introspectionCost: 15_000,
  ids: 250,
  pageSize: 20,
  variableDepth: 64,
  errors: 100,
  responseBytes: 4 * 1024 ** 2,
  uploadBytes: 5 * 1024 ** 3,
  files: 10,
  uploadProgressBytes: 64 * 1024,
  uploadProgressTime: 10_000,
  bufferBytes: defaultBufferBytes,
  connections: 4_096,
  socketProgressBytes: 64 * 1024,
  socketProgressTime: 10_000,
  operationDeadline: 25_000,
  deadlineGrace: 1_000,
  operationsInFlight: 1_000,
  operationsPerCaller: 1_000,
  operationsWhileBusy: 128,
  socketHeadersTimeout: 10_000,
  socketRequestTimeout: 30_000,
  socketKeepAlive: 65_000,
  headerBytes: 16 * 1024,
  headers: 100,
  drainAnnounce: 2_000,
  shutdownGrace: 25_000,
}
