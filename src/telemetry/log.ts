import pino, { type Logger } from 'pino'
import type { Code } from '../core/error-codes.ts'
import type { CallEvent, ReadEvent, UpstreamEvent } from '../upstream/events.ts'
import { LogDestination } from './log-destination.ts'

/** Maximum length of a string in a field. */
const maxTextLength = 300

/** Names of the fields that a line can have. Other fields are omitted. docs/operations.md describes each field. */
export const logFields: ReadonlySet<string> = new Set([
  'requestId',
  'operationId',
  'clientAddress',
  'caller',
  'operation',
  'document',
  'issuer',
  'kind',
  'mutation',
  'outcome',
  'replayed',
  'partial',
  'stale',
  'account',
  'accounts',
  'recording',
  'method',
  'status',
  'from',
  'to',
  'code',
  'codes',
  'attempt',
  'ms',
  'duration',
  'bytes',
  'result',
  'age',
  'seconds',
  'messages',
  'until',
  'count',
  'url',
  'metricsUrl',
  'signal',
  'trigger',
  'added',
  'removed',
  'changed',
  'callers',
  'limits',
  'documents',
  'tools',
  'cache',
  'settings',
  'problems',
  'reason',
  'err',
])

/**
 * Creates a logger that writes a line of JSON for each event to stderr.
 *
 * @param onDrop Called for every line that was dropped or could not be written.
 */
export function createLog(level: string, onDrop: () => void = () => {}): Logger {
  return createLogger(level, new LogDestination(onDrop))
}

/** Creates a logger that writes the same lines to another destination. */
export function createLogger(level: string, destination: pino.DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: createTimestamp(),
      formatters: { log: pickAllowedFields },
      serializers: { err: describeError },
    },
    destination,
  )
}

/**
 * Returns a function that formats the field `time` of a line. Formats each second only once, because many lines can
 * have the same second.
 */
function createTimestamp(): () => string {
  let lastSecond = NaN
  let prefix = ''
  return () => {
    const now = Date.now()
    const second = Math.floor(now / 1000)
    if (second !== lastSecond) {
      lastSecond = second
      prefix = `,"time":"${new Date(now).toISOString().slice(0, -4)}`
    }
    return `${prefix}${String(now - second * 1000).padStart(3, '0')}Z"`
  }
}

/**
 * Returns the line itself if all its fields are allowed, as nearly always. Copying it would take as long as formatting
 * it.
 */
function pickAllowedFields(line: Record<string, unknown>): Record<string, unknown> {
  for (const name in line) if (!logFields.has(name) || truncate(line[name]) !== line[name]) return copyAllowed(line)
  return line
}

function copyAllowed(line: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name in line) if (logFields.has(name)) fields[name] = truncate(line[name])
  return fields
}

/** Shortens strings, because the name of an operation or caller can be as long as a request. */
function truncate<T>(value: T): T | string {
  if (typeof value !== 'string' || value.length <= maxTextLength) return value
  return `${value.slice(0, maxTextLength - 1).toWellFormed()}…`
}

/**
 * Returns the name, code, message, and stack of an error and its causes. Other properties are omitted, because they
 * could contain a request.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  // The message of a parser contains the text that it could not parse.
  const message = error instanceof SyntaxError ? 'invalid syntax' : truncate(error.message)
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, code, message, stack: stack?.slice(0, 5), cause }
}

/**
 * Returns a function that logs the events of accounts: vendor calls at the level `debug`, circuit breakers, rate
 * limits, failed token requests, and lost event connections at `warn`.
 */
export function createUpstreamLog(log: Logger, now: () => number = Date.now) {
  const openAccounts = new Set<string>()
  /** End of the cooldown of each account, in milliseconds since the epoch. */
  const cooldownEnds = new Map<string, number>()
  /** Code of the last failure of each account's event connection. Null while the connection is open. */
  const socketCodes = new Map<string, Code | null>()
  const logSocket = (account: string, code: Code | null): void => {
    if (socketCodes.get(account) === code) return
    socketCodes.set(account, code)
    if (code === null) log.info({ account }, 'event connection opened')
    else log.warn({ account, code }, 'event connection failed')
  }
  const logBreaker = (account: string, isOpen: boolean): void => {
    if (isOpen === openAccounts.has(account)) return
    if (isOpen) openAccounts.add(account)
    else openAccounts.delete(account)
    log.warn({ account }, isOpen ? 'circuit breaker opened' : 'circuit breaker closed')
  }
  const logCooldown = (account: string, until: number): void => {
    if ((cooldownEnds.get(account) ?? 0) <= now())
      log.warn({ account, until: new Date(until).toISOString() }, 'rate limit exceeded')
    cooldownEnds.set(account, Math.max(until, cooldownEnds.get(account) ?? 0))
  }
  const logCall = (account: string, event: CallEvent): void => {
    if (log.isLevelEnabled('debug')) log.debug({ account, ...event, kind: undefined }, 'vendor call')
  }
  return (account: string, event: Exclude<UpstreamEvent, ReadEvent>): void => {
    if (event.kind === 'breaker') logBreaker(account, event.open)
    else if (event.kind === 'cooldown') logCooldown(account, event.until)
    else if (event.kind === 'socket') logSocket(account, event.code)
    else if (event.kind === 'skipped-frame') log.debug({ account }, 'event frame skipped')
    else if (event.kind === 'call') logCall(account, event)
    else if (event.code === null) log.debug({ account }, 'token obtained')
    else log.warn({ account, code: event.code }, 'token request failed')
  }
}
