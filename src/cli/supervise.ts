import { closeSync, openSync } from 'node:fs'
import type { Telemetry } from '../telemetry/observers.ts'
import type { Server } from '../server/server.ts'

export interface Supervised extends Pick<Server, 'stop' | 'stopNow'> {
  /** Reloads the configuration; null if there is none that could have changed. */
  reload: (() => void) | null
}

/**
 * Ends the process when it is told to, or when it can no longer be trusted: a first SIGTERM or SIGINT lets work in
 * flight finish (exit 0), a second gives it up and writes down how it stands (1), a third ends at once; an exception that
 * nobody caught lets work finish too (1). SIGHUP reloads the configuration; it stops the process as SIGTERM does if there
 * is none, or if the terminal of the process has gone. A rejection that nobody handled belongs to one request: it is told,
 * and the process stays.
 */
export function supervise({ stop, stopNow: giveUp, reload }: Supervised, { log, metrics }: Telemetry): void {
  const ways = [stop, giveUp]
  let exitCode = 0
  const exitAfter = async (way: () => Promise<void>): Promise<void> => {
    await way().catch((err: unknown) => {
      log.error({ err }, 'stop failed')
      exitCode = 1
    })
    process.exit(exitCode)
  }
  const onStopSignal = (signal: NodeJS.Signals): void => {
    const way = ways.shift()
    log.info({ signal }, way === stop ? 'stopping' : 'stopping at once')
    if (way !== stop) exitCode = 1
    if (!way) process.exit(exitCode)
    void exitAfter(way)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onStopSignal)
  const hasTerminal = isTerminalOpen()
  process.on('SIGHUP', (signal) => {
    const isStopping = ways[0] !== stop
    if (!reload || (hasTerminal && !isTerminalOpen())) onStopSignal(signal)
    else if (!isStopping) reload()
  })
  process.on('unhandledRejection', (err) => {
    metrics.countUnhandled('rejection')
    log.error({ err }, 'unhandled rejection')
  })
  process.on('uncaughtException', (err) => {
    metrics.countUnhandled('exception')
    log.fatal({ err }, 'uncaught exception')
    exitCode = 1
    if (ways[0] === stop) void exitAfter(ways.shift()!)
  })
}

/** Whether the process has a terminal from which it is controlled: a window that was closed sends SIGHUP, too. */
function isTerminalOpen(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
