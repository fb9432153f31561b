import type { Observers } from '../observers.ts'
import type { Server } from '../server.ts'

/**
 * Ends the process when it is told to, or when it can no longer be trusted: a first SIGTERM, SIGINT or SIGHUP lets work in
 * flight finish (exit 0), a second gives it up and writes down how it stands (1), a third ends at once; an exception that
 * nobody caught lets work finish too (1). A rejection that nobody handled belongs to one request: it is told, and the process
 * stays.
 */
export function supervise({ stop, giveUp }: Pick<Server, 'stop' | 'giveUp'>, { log, metrics }: Observers): void {
  const ways = [stop, giveUp]
  let exitCode = 0
  const end = async (way: () => Promise<void>): Promise<void> => {
    await way().catch((err: unknown) => {
      log.error({ err }, 'stop failed')
      exitCode = 1
    })
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const way = ways.shift()
      log.info({ signal }, way === stop ? 'stopping' : 'stopping at once')
      if (way !== stop) exitCode = 1
      if (!way) process.exit(exitCode)
      void end(way)
    })
  }
  process.on('unhandledRejection', (err) => {
    metrics.unhandled('rejection')
    log.error({ err }, 'unhandled rejection')
  })
  process.on('uncaughtException', (err) => {
    metrics.unhandled('exception')
    log.fatal({ err }, 'uncaught exception')
    exitCode = 1
    if (ways[0] === stop) void end(ways.shift()!)
  })
}
