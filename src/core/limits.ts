import { defaultBufferBytes } from './byte-budget.ts'

/** A limit: its default, its unit, and the range of values that the configuration accepts. */
export interface Limit {
  default: number
  /** `share`: a fraction from 0 to 1. */
  unit: 'ms' | 'bytes' | 'count' | 'share'
  min: number
  max: number
  /** Whether it cannot be configured. */
  isFixed: boolean
}

/** The value of each limit of a table. */
export type LimitsOf<Table> = { -readonly [Name in keyof Table]: number }

/** The value of each limit of a table that can be configured. */
export type ConfigurableLimitsOf<Table> = {
  -readonly [Name in keyof Table as Table[Name] extends { isFixed: true } ? never : Name]: number
}

/** Maximum delay of a timer of Node. A timer with a longer delay fires at once. */
const maxTimerMs = 2 ** 31 - 1

const duration = (ms: number, min = 1, max = maxTimerMs) =>
  ({ default: ms, unit: 'ms', min, max, isFixed: false }) as const satisfies Limit
const size = (bytes: number) =>
  ({ default: bytes, unit: 'bytes', min: 1, max: Number.MAX_SAFE_INTEGER, isFixed: false }) as const satisfies Limit
const count = (value: number, { min = 1, max = maxTimerMs } = {}) =>
  ({ default: value, unit: 'count', min, max, isFixed: false }) as const satisfies Limit
const fixed = <L extends Limit>(limit: L) => ({ ...limit, isFixed: true }) as const

/** Limits of requests and of the server. docs/limits.md explains what each counts. */
export const serverLimitTable = {
  /** Time of one operation, including retries and token requests. Must be shorter than the timeouts of clients. */
  operationDeadline: duration(25_000),
  /** Time after its deadline in which an operation can still return its result. */
  deadlineGrace: fixed(duration(1_000)),
  /** Time in which work in flight can finish after SIGTERM. Less than the 30 s after which Kubernetes ends a process. */
  shutdownGrace: duration(25_000, 0),
  /** Time at the start of a graceful stop in which load balancers can notice that the server is not ready. */
  drainAnnounce: fixed(duration(2_000)),

  /** Body of a request without its files. */
  requestBytes: size(1024 ** 2),
  /** Headers of a request. */
  headerBytes: fixed(size(16 * 1024)),
  /** Number of headers of a request. */
  headers: fixed(count(100)),
  /** Levels of JSON below the parameters of a request. */
  variableDepth: fixed(count(64)),
  /** Tokens of a document. */
  tokens: count(2_000),
  /** Levels of fields in a document. */
  depth: count(12),
  /** Levels below `__schema` and `__type`. */
  introspectionDepth: count(20),
  /** Aliases in a document. */
  aliases: count(30),
  /** Fields of the query or mutation itself. */
  rootFields: count(20),
  /** Directives in a document. */
  directives: count(50),
  /** Values in the largest possible response. */
  cost: count(5_000),
  /** Values in the result of introspection: about twice those of the standard introspection query. */
  introspectionCost: fixed(count(15_000)),
  /** Vendor calls of one operation. Retries, token requests, and the writes of a mutation are not counted. */
  operationCalls: count(120),
  /** IDs in one list argument. */
  ids: count(250),
  /** Trusted documents of one list. */
  documents: fixed(count(10_000)),
  /** A file with trusted documents. */
  documentFileBytes: fixed(size(64 * 1024 ** 2)),
  /** Documents that the process remembers by their hash, for all callers together. */
  rememberedDocuments: fixed(count(1_000)),
  /** UTF-8 text of a remembered document. */
  rememberedDocumentBytes: fixed(size(16 * 1024)),
  /** Items of a page if neither `first` nor `last` is given. */
  pageSize: count(20, { max: 100 }),
  /** Vendor calls that one page of a list can spend on a scan. */
  scanCalls: count(30),
  /** Rows of the attendance report of one session. */
  attendanceRows: count(20_000),
  /** Items of one account that `orderBy` can sort. */
  orderByItems: count(5_000),
  /** Vendor calls that `orderBy` can spend on one account, over all pages until the list is read. */
  orderByCalls: count(5_000),

  /** Errors in one response. The others are omitted. */
  errors: count(100),
  /** One response as JSON. Each value counts at least 16 bytes. */
  responseBytes: size(4 * 1024 ** 2),
  /** Result of a tool as JSON. */
  toolResultBytes: size(64 * 1024),
  /** One uploaded file. */
  uploadBytes: size(5 * 1024 ** 3),
  /** Files in one request. */
  files: count(10),
  /** An upload that transfers fewer bytes than this in `uploadProgressTime` is canceled. */
  uploadProgressBytes: size(64 * 1024),
  uploadProgressTime: duration(10_000),

  /** Downloads of recordings in progress. */
  downloads: count(16),
  /** A download for which the vendor sends fewer bytes than this in `downloadProgressTime` is aborted. */
  downloadProgressBytes: size(64 * 1024),
  downloadProgressTime: duration(30_000),

  /** Operations in progress. */
  operationsInFlight: fixed(count(1_000)),
  /** Operations in progress of one caller, if there can be several callers. */
  operationsPerCaller: count(128),
  /** Operations in progress while the event loop is saturated. */
  operationsWhileBusy: fixed(count(128)),
  /** Memory that all requests together can use for bodies, uploads, vendor responses, and unsent responses. */
  bufferBytes: size(defaultBufferBytes),
  /** Size of the operations of one caller in the operation store. */
  callerStoreBytes: size(256 * 1024 ** 2),

  /** Open client connections. Each uses about 25 KiB. */
  connections: count(4_096),
  /** A client that sends a JSON body, or reads its response, slower than this is disconnected. */
  socketProgressBytes: size(64 * 1024),
  socketProgressTime: duration(10_000),
  /** Time until the headers of a request are complete. */
  socketHeadersTimeout: duration(10_000),
  /** Time until the body of a request is complete. */
  socketRequestTimeout: duration(30_000),
  /**
   * Time that a client connection can be idle. More than the 60 s of nginx, because the load balancer must close it
   * first.
   */
  socketKeepAlive: duration(65_000),

  /** Time between two polls of an account. */
  eventPoll: duration(10_000, 100),
  /** Time for which an account is still polled after its last subscriber has left. */
  eventLinger: duration(30_000, 0),
  /** Events in the event log. */
  eventLog: count(10_000),
  /** Age of an event in the event log. Nothing that live features keep in Redis is older than a day. */
  eventLogTime: duration(3_600_000, 1, 86_400_000),
  /** Difference between the timestamp of a webhook and the server's clock, before or after. */
  hookAge: duration(300_000, 60_000, 7_200_000),
  /** Time until the body of a webhook is complete. Zoom waits at most so long for the response. */
  hookBodyTime: fixed(duration(3_000)),
  /** Open event streams. */
  streams: count(1_000),
  streamsPerCaller: count(100),
  /** A client that reads nothing from its event stream for longer than this is disconnected. */
  streamStall: duration(30_000),
  /** Time after which a comment is sent on an event stream. Proxies close connections without data after 60 s. */
  streamComment: fixed(duration(10_000)),
  /** Time of the execution of one message of an event stream. */
  streamEvent: duration(10_000),
  /** Vendor responses in the cache. */
  cacheBytes: size(64 * 1024 ** 2),
} as const satisfies Record<string, Limit>

/** Limits of the calls to one account's vendor. A vendor can have lower defaults. */
export const upstreamLimitTable = {
  /** Time of the DNS lookup, connection, proxy, and TLS handshake together. */
  connectTimeout: duration(3_000),
  /** Time until a response begins. */
  headersTimeout: duration(10_000),
  /** Time between two parts of a response. */
  idleTimeout: duration(10_000),
  /** Time of one attempt. One retry fits into `operationDeadline`. */
  attemptTimeout: duration(12_000),
  /** Attempts of one call. */
  attempts: count(3),
  /** Pause before the first retry, with jitter. Doubled for each further retry, up to `backoffCap`. */
  backoffBase: duration(50),
  /** Pause before the first retry after a rate limit for which the vendor reports no time. */
  throttledBackoffBase: duration(1_000),
  backoffCap: duration(20_000),
  /** Retry quota of an account, and the price of a retry. A success returns 1 to the quota. */
  retryQuota: count(500, { min: 0 }),
  retryCost: count(14, { min: 0 }),
  throttledRetryCost: count(5, { min: 0 }),
  /** Concurrent calls to one account. */
  inFlight: count(64),
  /** Concurrent reads of one operation, for each rate limit of an account. */
  operationInFlight: count(8),
  /** Calls per minute that poll an account for events. */
  eventPollCalls: count(30),
  /** Calls that wait for an in-flight slot, and the time after which a waiting call fails. */
  queue: count(256, { min: 0 }),
  queueWait: duration(2_000, 0),
  /**
   * Share of failed calls, among at least `breakerCalls` calls in `breakerWindow`, that opens the circuit breaker. 1
   * disables the circuit breaker.
   */
  breakerFailures: { default: 0.5, unit: 'share', min: 0.01, max: 1, isFixed: false },
  breakerCalls: count(20),
  breakerWindow: duration(10_000),
  /** Time until an open circuit breaker lets a probe through. */
  breakerPause: duration(5_000),
  /** Body of a response after decompression, and the maximum ratio of its size to the received bytes. */
  answerBytes: size(16 * 1024 ** 2),
  answerRatio: count(100),
  /** Levels and values of JSON in a response. */
  answerDepth: count(64),
  answerValues: count(500_000),
  /** Headers of a response. */
  answerHeaderBytes: size(16 * 1024),
} as const satisfies Record<string, Limit>

/** Returns the default of each limit in a table. */
export function getDefaults<Table extends Readonly<Record<string, Limit>>>(table: Table): LimitsOf<Table> {
  const defaults = Object.entries(table).map(([name, limit]) => [name, limit.default])
  return Object.fromEntries(defaults) as LimitsOf<Table>
}
