import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCommand } from '../../cli/run.ts'
import { findFreePort } from '../../support/free-port.ts'
import { hasPackages } from '../../support/install-packages.ts'
import { startScript, type RunningScript } from './start-script.ts'

const folder = fileURLToPath(new URL('../../../examples/federation', import.meta.url))

/** Whether the gateways are installed. */
export const isInstalled = await hasPackages(folder)

/** URLs of subgraphs, by name. */
export type Subgraphs = Readonly<Record<string, string>>

export interface GatewayOptions {
  subgraphs: Subgraphs
  /** API key of the gateway. */
  key: string
  /** Whether the gateway sends the `Authorization` of its caller instead of its key. Default: false. */
  isForwarding?: boolean
  /** Configuration file of Hive Gateway. Default: the file of the example. */
  config?: string
}

/** Starts the subgraph of employees. @param prefix Prefix of Parley's types. */
export const startEmployees = (prefix = ''): Promise<RunningScript> =>
  startScript([process.execPath, 'employees.js'], { PORT: '0', PREFIX: prefix }, folder)

/** Returns the supergraph of running subgraphs. */
async function compose(subgraphs: Subgraphs, key: string): Promise<string> {
  const { code, stdout, stderr } = await startCommand(
    process.execPath,
    [join(folder, 'compose.js'), ...listArguments(subgraphs)],
    { env: { PARLEY_API_KEY: key } },
  ).ended
  if (code !== 0) throw new Error(stderr)
  return stdout
}

export async function startHive(options: GatewayOptions): Promise<RunningScript> {
  const temporary = await mkdtemp(join(tmpdir(), 'parley-gateway-'))
  const supergraph = join(temporary, 'supergraph.graphql')
  await writeFile(supergraph, await compose(options.subgraphs, options.key))
  const env = { PORT: String(await findFreePort()), SUPERGRAPH: supergraph, ...toVariables(options) }
  const args = ['supergraph', '--config-path', options.config ?? 'gateway.config.js']
  const gateway = await startScript([process.execPath, 'node_modules/.bin/hive-gateway', ...args], env, folder)
  return {
    url: `${gateway.url}/graphql`,
    stop: async () => {
      await gateway.stop()
      await rm(temporary, { recursive: true })
    },
  }
}

export function startApollo(options: GatewayOptions): Promise<RunningScript> {
  const env = { PORT: '0', NODE_ENV: 'production', ...toVariables(options) }
  return startScript([process.execPath, 'apollo-gateway.js', ...listArguments(options.subgraphs)], env, folder)
}

const listArguments = (subgraphs: Subgraphs): string[] =>
  Object.entries(subgraphs).map(([name, url]) => `${name}=${url}`)

const toVariables = ({ key, isForwarding = false }: GatewayOptions): Record<string, string> => ({
  PARLEY_API_KEY: key,
  FORWARD_AUTHORIZATION: String(isForwarding),
})
