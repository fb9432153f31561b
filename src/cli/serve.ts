import { flushCompileCache } from 'node:module'
import { configurationOf, loadConfiguration, readProcessSettings, type Configuration } from '../config.ts'
import { createLog } from '../log.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { startSandboxes, type Sandboxes } from '../sandbox/index.ts'
import { startServer } from '../server.ts'
import { vendors } from '../vendors/index.ts'
import { orAddressTaken } from '../config/address-taken.ts'
import { supervise } from './supervise.ts'

/** `parley serve`: starts the server. If nothing is configured, the server uses the vendor sandboxes. */
export async function serve(file: string | undefined): Promise<void> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const { sandboxPort } = readProcessSettings(process.env)
  const configured = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  if (configured) return start(configured, null)
  const sandboxes = await orAddressTaken(startSandboxes(sandboxPort), 'PARLEY_SANDBOX_PORT')
  try {
    const settings = { accounts: sandboxes.accounts, data: sandboxes.folder, proxy: false }
    await start(configurationOf(settings, around), sandboxes)
  } catch (error) {
    await sandboxes.close()
    throw error
  }
}

async function start(configuration: Configuration, sandboxes: Sandboxes | null): Promise<void> {
  const { logLevel, tracesUrl } = readProcessSettings(process.env)
  const metrics = createMetrics()
  const log = createLog(logLevel, metrics.logLineDropped)
  const tracing = tracesUrl === null ? null : await openTracing(tracesUrl, metrics)
  const observers = { log, metrics, tracing }
  const server = await orAddressTaken(startServer(configuration, observers), 'PORT')
  const stop = async (): Promise<void> => {
    await server.stop()
    await Promise.all([sandboxes?.close(), tracing?.close()])
  }
  supervise({ stop, giveUp: server.giveUp }, observers)
  // The server keeps running if the reader of stdout goes away.
  process.stdout.removeAllListeners('error').on('error', () => {})
  process.stdout.write(welcome(configuration, server.url, sandboxes?.running ?? null))
  const { url, metricsUrl } = server
  const accounts = configuration.accounts.map(({ key }) => key)
  log.info({ url, ...(metricsUrl !== null && { metricsUrl }), accounts }, 'serving')
  // Now rather than when the process ends: a process that is killed leaves nothing behind.
  flushCompileCache()
}

/** Loaded only if traces are collected. */
async function openTracing(url: string, metrics: Metrics) {
  const { createTracing } = await import('../tracing.ts')
  return createTracing({ url, onFailure: metrics.spansLost })
}

function welcome(
  { graphiql, basePath }: Configuration,
  url: string,
  sandbox: Record<string, { url: string }> | null,
): string {
  const lines = [`Parley is ready. ${graphiql ? 'GraphiQL and API' : 'API'}: ${url}${basePath}/graphql`]
  if (sandbox) {
    lines.push('', 'No configuration was found. Parley uses its sandbox, which has a small copy of each vendor:')
    for (const [slug, { url: at }] of Object.entries(sandbox)) lines.push(`  ${slug.padEnd(14)}${at}`)
    lines.push('To connect your own accounts, see parley.config.example.yaml.')
  }
  return `${lines.join('\n')}\n`
}
