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
  /** Callers of the API. Default: none. */
  clients?: object[]
  /** Settings of tools for language models. Default: no tools. */
  mcp?: object
  cursorSecret?: string
  publicUrl?: string
  trustProxy?: boolean
  basePath?: string
  onEvent?(account: string, event: UpstreamEvent): void
}

/** Starts the server in the process of the test, so that the test can set its clocks and measure its memory. */
export function startInProcess({ port = '0', lines, onEvent, ...settings }: InProcessOptions): Promise<Server> {
  const around = { environment: { PORT: port }, directory: settings.data, vendors }
  const metrics = createMetrics()
  const { countUpstreamEvent: observe } = metrics
  metrics.countUpstreamEvent = (account, event) => {
    observe(account, event)
    onEvent?.(account, event)
  }
  const sink = new Writable({ write: (chunk: Buffer, _, done) => (lines.push(chunk.toString()), done()) })
  return startServer(parseConfiguration(settings, around), { log: createLogger('debug', sink), metrics, tracing: null })
}
