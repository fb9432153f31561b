import { configurationOf, loadConfiguration, readProcessSettings } from '../config.ts'
import { createLog } from '../log.ts'
import { startSandboxes } from '../sandbox/index.ts'
import { startServer } from '../server.ts'
import { vendors } from '../vendors/index.ts'

/** `parley serve`: the server, over the sandbox where nothing is configured. */
export async function serve(file: string | undefined): Promise<void> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const { logLevel, sandboxPort } = readProcessSettings(process.env)
  const configured = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  const sandboxes = configured ? null : await startSandboxes(sandboxPort)
  const configuration = configured ?? configurationOf({ accounts: sandboxes!.accounts }, around)
  const log = createLog(logLevel)
  const server = await startServer(configuration, log)
  process.stdout.write(welcome(server.url, sandboxes?.running ?? null))
  log.info({ url: server.url, accounts: configuration.accounts.map(({ key }) => key) }, 'serving')

  let stopping = false
  const stop = (signal: string): void => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    void server.stop().then(async () => {
      await sandboxes?.close()
      process.exit(0)
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal))
}

function welcome(url: string, sandbox: Record<string, { url: string }> | null): string {
  const lines = [`Parley is ready. GraphiQL and the API: ${url}/graphql`]
  if (sandbox) {
    lines.push('', 'This is the sandbox: no configuration was found, so three made-up vendors stand in.')
    for (const [slug, { url: at }] of Object.entries(sandbox)) lines.push(`  ${slug.padEnd(14)}${at}`)
    lines.push('For your own accounts: parley.config.example.yaml shows how.')
  }
  return `${lines.join('\n')}\n`
}
