import { Writable } from 'node:stream'
import { parseConfiguration } from '../../src/config/configuration.ts'
import { createLogger } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { startServer, type Server } from '../../src/server/server.ts'
import type { UpstreamEvent } from '../../src/upstream/events.ts'
import { vendors } from '../../src/vendors/index.ts'
import './compile-cache.ts'

interface InProcessOptions {
  accounts: Record<string, object>
  limits: object
  /** Data directory. The caller deletes it. */
  data: string
  /** Default: a free port. */
  port?: string
  /** Receives the lines of the log. */
  lines: string[]
  /** Lowest level that is logged. Default: debug. */
  level?: string
  /** Callers of the API. Default: none. */
  clients?: object[]
  /** Settings of tools for language models. Default: no tools. */
  mcp?: object
  cursorSecret?: string
  publicUrl?: string
  trustProxy?: boolean
  basePath?: string
  /** Time in milliseconds in which the server announces its stop. Default: that of each server. */
  drainAnnounce?: number
  onEvent?(account: string, event: UpstreamEvent): void
}

/** Starts the server in the process of the test, so that the test can set its clocks and measure its memory. */
export function startInProcess(options: InProcessOptions): Promise<Server> {
  const { port = '0', lines, level = 'debug', onEvent, drainAnnounce, ...settings } = options
  const around = { environment: { PORT: port }, directory: settings.data, vendors }
  const metrics = createMetrics()
  const { countUpstreamEvent: observe } = metrics
  metrics.countUpstreamEvent = (account, event) => {
    observe(account, event)
    onEvent?.(account, event)
  }
  const sink = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) })
  const configuration = parseConfiguration(settings, around)
  if (drainAnnounce !== undefined) Object.assign(configuration.limits, { drainAnnounce })
  return startServer(configuration, { log: createLogger(level, sink), metrics, tracing: null })
}
