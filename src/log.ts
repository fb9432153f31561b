import pino, { type Logger } from 'pino'

/** One JSON line per event on stderr; stdout stays clean. Errors show what they are, never what they carry. */
export function createLog(level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: false })
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } },
    destination,
  )
}

/** An error's name, code, message and stack, and those of its causes: no other property, which could hold a request. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined
  return { name: error.name, code, message: error.message, stack: error.stack?.split('\n').slice(1, 6), cause }
}
