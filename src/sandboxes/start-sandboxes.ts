import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Sandbox } from './kit.ts'
import { sandboxNames, startSandbox } from './start-sandbox.ts'

export interface Sandboxes {
  /** Sandboxes by the name of the vendor. */
  running: Record<string, Sandbox>
  /** Settings for `accounts` in a configuration of Parley. */
  accounts: Record<string, Record<string, unknown>>
  /** Path of a temporary folder for Parley's data. `close` deletes it, because the sandboxes lose their data then, too. */
  folder: string
  close(): Promise<void>
}

/**
 * Starts the sandboxes of all vendors.
 *
 * @param port Port of the first sandbox. The others use the next ports. 0 selects free ports.
 * @throws The error of the system, such as EADDRINUSE, if a port is not free.
 */
export async function startSandboxes(port: number): Promise<Sandboxes> {
  const starting = sandboxNames.map(async (name, index) => ({
    name,
    sandbox: await startSandbox(name, { port: port && port + index }),
  }))
  const started = await Promise.all(starting).catch(async (error: unknown) => {
    for (const result of await Promise.allSettled(starting)) if ('value' in result) await result.value.sandbox.close()
    throw error
  })
  const folder = await mkdtemp(join(tmpdir(), 'parley-sandbox-'))
  return {
    running: Object.fromEntries(started.map(({ name, sandbox }) => [name, sandbox])),
    accounts: Object.fromEntries(started.map(({ name, sandbox }) => [name, sandbox.account])),
    folder,
    close: async () => {
      await Promise.all(started.map(({ sandbox }) => sandbox.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Writes a configuration file for the sandboxes, which only the current user can read. Returns its path. */
export async function writeConfiguration({ accounts, folder }: Sandboxes): Promise<string> {
  const path = join(folder, 'parley.config.yaml')
  await writeFile(path, stringify({ accounts, data: './parley-data' }), { mode: 0o600 })
  return path
}
