import { closeSync, openSync } from 'node:fs'
import type { Telemetry } from '../telemetry/observers.ts'
import type { Server } from '../server/server.ts'

export interface Supervised extends Pick<Server, 'stop' | 'stopNow'> {
  /** Reloads the configuration. Null if the server runs without a configuration. */
  reload: (() => void) | null
}

/**
 * Ends the process on a signal or after an uncaught exception:
 *
 * - The first SIGTERM or SIGINT drains the server (exit code 0). The second one stops it immediately and records the outcomes
 *   (exit code 1). The third one ends the process at once (exit code 1).
 * - SIGHUP reloads the configuration. It has the effect of SIGTERM if there is none, or if the terminal was closed.
 * - An uncaught exception drains the server (exit code 1), because its state may be corrupt.
 * - An unhandled rejection is logged and counted. The process continues, because the rejection affects only one request.
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

/** Whether the process has a controlling terminal. A terminal window that is closed sends SIGHUP, too. */
function isTerminalOpen(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
