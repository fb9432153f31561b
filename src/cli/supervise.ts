import type { Observers } from '../server.ts'

/**
 * Ends the process when it is told to, or when it can no longer be trusted: a first SIGTERM, SIGINT or SIGHUP lets work in
 * flight finish (exit 0), a second ends at once (1); an exception that nobody caught lets work finish too (1). A rejection that
 * nobody handled belongs to one request: it is told, and the process stays.
 */
export function supervise(stop: () => Promise<void>, { log, metrics }: Observers): void {
  let stopping = false
  let exitCode = 0
  const end = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await stop().catch((err: unknown) => {
      log.error({ err }, 'stop failed')
      exitCode = 1
    })
    process.exit(exitCode)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      log.info({ signal }, stopping ? 'stopping at once' : 'stopping')
      if (stopping) process.exit(1)
      void end()
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
    void end()
  })
}
