import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Sandbox } from './kit.ts'
import { sandboxNames, startSandbox } from './start-sandbox.ts'

export interface Sandboxes {
  /** By the vendors' names. */
  running: Record<string, Sandbox>
  /** Settings for `accounts` in a configuration of Parley. */
  accounts: Record<string, Record<string, unknown>>
  /** A temporary folder that is deleted with the sandboxes: nothing else should remember what they forget. */
  folder: string
  close(): Promise<void>
}

/**
 * Starts the sandbox of every vendor.
 *
 * @param port Port of the first sandbox; the others follow it. 0 selects free ports.
 */
export async function startSandboxes(port: number): Promise<Sandboxes> {
  const starting = sandboxNames.map(async (name, index) => ({
    name,
    sandbox: await startSandbox(name, { port: port && port + index }),
  }))
  const started = await Promise.all(starting).catch(async (error: unknown) => {
    for (const each of await Promise.allSettled(starting)) if ('value' in each) await each.value.sandbox.close()
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

/** Writes a configuration of Parley for the sandboxes, which only its owner can read. Returns its path. */
export async function writeConfiguration({ accounts, folder }: Sandboxes): Promise<string> {
  const path = join(folder, 'parley.config.yaml')
  await writeFile(path, stringify({ accounts, data: './parley-data' }), { mode: 0o600 })
  return path
}
