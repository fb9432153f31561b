import pino, { type Logger } from 'pino'
import type { UpstreamEvent } from '../upstream/events.ts'

/** So many bytes wait for a slow reader of stderr; lines past that are dropped. */
const maxBufferedLogBytes = 4 * 1024 * 1024

/** A write for each line costs more than the line: lines wait for this many bytes, or this many milliseconds. */
const batches = { minLength: 12 * 1024, periodicFlush: 50 }

/** Characters of one field of a line. */
const maxTextLength = 300

/** What a line may hold; docs/operations.md says what each means. Anything else stays out. */
export const logFields: ReadonlySet<string> = new Set([
  'requestId',
  'operationId',
  'clientAddress',
  'caller',
  'operation',
  'issuer',
  'kind',
  'mutation',
  'outcome',
  'replayed',
  'partial',
  'account',
  'accounts',
  'method',
  'status',
  'from',
  'to',
  'code',
  'codes',
  'attempt',
  'ms',
  'duration',
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
  'settings',
  'problems',
  'reason',
  'err',
])

/**
 * One JSON line per event on stderr; stdout stays clean. `onDrop` is told of every line that found no room, or that could
 * not be written.
 */
export function createLog(level: string, onDrop: () => void = () => {}): Logger {
  const destination = pino.destination({ fd: 2, sync: false, maxLength: maxBufferedLogBytes, ...batches })
  destination.on('drop', onDrop)
  // A full disk or a reader that has gone costs lines, and not the server.
  let failing = false
  destination.on('write', () => (failing = false))
  destination.on('error', () => {
    failing = true
    onDrop()
  })
  // At the exit it would try for ever to write what is left.
  const flush = destination.flushSync.bind(destination)
  destination.flushSync = () => void (failing || flush())
  return createLogger(level, destination)
}

/** The same lines anywhere else. */
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

/** Returns the field `time` of a line. Under load, many lines are written in one second. */
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

/** Nearly every line is allowed as it is: a copy for each would cost as much as its text. */
function pickAllowedFields(line: Record<string, unknown>): Record<string, unknown> {
  for (const name in line) if (!logFields.has(name) || cut(line[name]) !== line[name]) return copyAllowed(line)
  return line
}

function copyAllowed(line: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name in line) if (logFields.has(name)) fields[name] = cut(line[name])
  return fields
}

/** An operation's name, or a caller's, can be as long as a request. */
function cut<T>(value: T): T | string {
  if (typeof value !== 'string' || value.length <= maxTextLength) return value
  return `${value.slice(0, maxTextLength - 1).toWellFormed()}…`
}

/** An error's name, code, words and stack, and those of its causes: no other property, which could hold a request. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  // A parser repeats what it could not read.
  const message = error instanceof SyntaxError ? 'text that cannot be read' : cut(error.message)
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, code, message, stack: stack?.slice(0, 5), cause }
}

/** The lines of the accounts: every call at debug, a warning where something turns for the worse or back. */
export function createUpstreamLog(log: Logger, now: () => number = Date.now) {
  const paused = new Set<string>()
  const held = new Map<string, number>()
  const logBreaker = (account: string, open: boolean): void => {
    if (open === paused.has(account)) return
    if (open) paused.add(account)
    else paused.delete(account)
    log.warn({ account }, open ? 'breaker open' : 'breaker closed')
  }
  const logCooldown = (account: string, until: number): void => {
    if ((held.get(account) ?? 0) <= now()) log.warn({ account, until: new Date(until).toISOString() }, 'rate limited')
    held.set(account, Math.max(until, held.get(account) ?? 0))
  }
  return (account: string, event: UpstreamEvent): void => {
    if (event.kind === 'breaker') logBreaker(account, event.open)
    else if (event.kind === 'hold') logCooldown(account, event.until)
    else if (event.kind === 'call') log.debug({ account, ...event, kind: undefined }, 'vendor call')
    else if (event.code === null) log.debug({ account }, 'token fetched')
    else log.warn({ account, code: event.code }, 'no token')
  }
}
