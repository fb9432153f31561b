import { flushCompileCache } from 'node:module'
import {
  parseConfiguration,
  findConfigurationFile,
  loadConfiguration,
  readProcessSettings,
  type Configuration,
} from '../config/configuration.ts'
import { readStatuses, type FileStatuses } from '../config/watch-files.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import type { Sandboxes } from '../sandboxes/index.ts'
import { startServer } from '../server/server.ts'
import { vendors } from '../vendors/index.ts'
import { explainListenError } from '../config/listen-error.ts'
import { Reloader } from './reloader.ts'
import { supervise } from './supervise.ts'
import { enlargeYoungGeneration } from './young-generation.ts'

/** `parley serve`: starts the server. If nothing is configured, the server uses the vendor sandboxes. */
export async function runServeCommand(namedFile: string | undefined): Promise<void> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const { sandboxPort } = readProcessSettings(process.env)
  const file = findConfigurationFile({ ...around, ...(namedFile !== undefined && { file: namedFile }) })
  // Every reload reads the same file, even if another one exists by then.
  const load = (): Configuration | null => loadConfiguration({ ...around, ...(file !== undefined && { file }) })
  const configured = load()
  // The statuses are read before the server starts, because the start can take seconds and the files can change meanwhile.
  if (configured) return startConfigured(configured, { load, before: readStatuses(configured.files) })
  const { startSandboxes } = await import('../sandboxes/index.ts')
  const sandboxes = await explainListenError(startSandboxes(sandboxPort), 'PARLEY_SANDBOX_PORT')
  try {
    const settings = { accounts: sandboxes.accounts, data: sandboxes.folder, proxy: false, mcp: {} }
    await startConfigured(parseConfiguration(settings, around), { sandboxes })
  } catch (error) {
    await sandboxes.close()
    throw error
  }
}

interface StartOptions {
  sandboxes?: Sandboxes
  /** Reads the configuration again, if it can change. */
  load?: () => Configuration | null
  /** Statuses of the files when the configuration was read. */
  before?: FileStatuses
}

async function startConfigured(
  configuration: Configuration,
  { sandboxes, load, before = new Map() }: StartOptions,
): Promise<void> {
  const { logLevel, tracesUrl } = readProcessSettings(process.env)
  const metrics = createMetrics()
  const log = createLog(logLevel, metrics.countDroppedLogLine)
  const tracing = tracesUrl === null ? null : await openTracing(tracesUrl, metrics)
  const observers = { log, metrics, tracing }
  const server = await explainListenError(startServer(configuration, observers), 'PORT')
  // Not awaited: events that happen meanwhile are sent afterwards.
  void sandboxes?.sendWebhooks(server.url)
  const reloader = load && new Reloader({ load, reload: server.reload, observers })
  reloader?.watch(configuration, before)
  const stop = async (): Promise<void> => {
    reloader?.close()
    await server.stop()
    await Promise.all([sandboxes?.close(), tracing?.close()])
  }
  supervise(
    { stop, stopNow: server.stopNow, reload: reloader ? () => void reloader.reload('SIGHUP') : null },
    observers,
  )
  // The server must keep running after the reader of stdout closes the pipe.
  process.stdout.removeAllListeners('error').on('error', () => {})
  process.stdout.write(formatWelcome(configuration, server.url, sandboxes?.running ?? null))
  const { url, metricsUrl } = server
  const accounts = configuration.accounts.map(({ key }) => key)
  log.info({ url, ...(metricsUrl !== null && { metricsUrl }), accounts }, 'serving')
  // Written now, because Node writes the cache only at a normal exit, and a server is often killed.
  flushCompileCache()
  enlargeYoungGeneration()
}

/** Loads the tracing modules only if traces are collected. */
async function openTracing(url: string, metrics: Metrics) {
  const { createTracing } = await import('../telemetry/tracing.ts')
  return createTracing({ url, onFailure: metrics.countLostSpans })
}

function formatWelcome(
  { graphiql, basePath, clients, documents }: Configuration,
  url: string,
  sandbox: Record<string, { url: string }> | null,
): string {
  // API clients can have documents of their own, and then open GraphiQL.
  const hasGraphiql = graphiql && (clients.length > 0 || documents?.mode !== 'only')
  const lines = [`Parley is ready. ${hasGraphiql ? 'GraphiQL and API' : 'API'}: ${url}${basePath}/graphql`]
  if (sandbox) {
    lines.push('', 'No configuration was found. Parley uses its sandboxes, which simulate each vendor:')
    for (const [slug, { url: sandboxUrl }] of Object.entries(sandbox)) lines.push(`  ${slug.padEnd(14)}${sandboxUrl}`)
    lines.push('To connect your own accounts, see parley.config.example.yaml.')
  }
  return `${lines.join('\n')}\n`
}
