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
  close(): Promise<void>
}

/** Starts every vendor's sandbox on ports from `port` on; 0 takes any that are free. */
export async function startSandboxes(port: number): Promise<Sandboxes> {
  const started = await Promise.all(
    vendors.map(async ({ slug, sandbox }, index) => ({ slug, sandbox: await sandbox({ port: port && port + index }) })),
  )
  return {
    running: Object.fromEntries(started.map(({ slug, sandbox }) => [slug, sandbox])),
    accounts: Object.fromEntries(started.map(({ slug, sandbox }) => [slug, sandbox.account])),
    close: async () => void (await Promise.all(started.map(({ sandbox }) => sandbox.close()))),
  }
}

/** Writes a configuration file for the sandboxes, readable by its owner alone; gives its path. */
export async function writeConfiguration(
  accounts: Sandboxes['accounts'],
): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-sandbox-'))
  const path = join(folder, 'parley.config.yaml')
  await writeFile(path, stringify({ accounts, data: './parley-data' }), { mode: 0o600 })
  return { path, remove: () => rm(folder, { recursive: true, force: true }) }
}
