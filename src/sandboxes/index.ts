import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { vendors } from '../vendors/index.ts'
import type { Sandbox } from './kit.ts'

export interface Sandboxes {
  /** By the vendors' slugs. */
  running: Record<string, Sandbox>
  /** What goes under `accounts` in a configuration. */
  accounts: Record<string, Record<string, unknown>>
  /** A folder that goes with them: what the sandbox forgets at its end, nothing else shall remember. */
  folder: string
  close(): Promise<void>
}

/** Starts every vendor's sandbox on ports from `port` on; 0 takes any that are free. */
export async function startSandboxes(port: number): Promise<Sandboxes> {
  const starting = vendors.map(async ({ slug, sandbox }, index) => {
    return { slug, sandbox: await sandbox({ port: port && port + index }) }
  })
  const started = await Promise.all(starting).catch(async (error: unknown) => {
    for (const each of await Promise.allSettled(starting)) if ('value' in each) await each.value.sandbox.close()
    throw error
  })
  const folder = await mkdtemp(join(tmpdir(), 'parley-sandbox-'))
  return {
    running: Object.fromEntries(started.map(({ slug, sandbox }) => [slug, sandbox])),
    accounts: Object.fromEntries(started.map(({ slug, sandbox }) => [slug, sandbox.account])),
    folder,
    close: async () => {
      await Promise.all(started.map(({ sandbox }) => sandbox.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Writes a configuration file for the sandboxes, readable by its owner alone; gives its path. */
export async function writeConfiguration({ accounts, folder }: Sandboxes): Promise<string> {
  const path = join(folder, 'parley.config.yaml')
  await writeFile(path, stringify({ accounts, data: './parley-data' }), { mode: 0o600 })
  return path
}
