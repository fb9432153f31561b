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
  /** Sends webhooks to a server of these accounts from now on. @param url Its URL, without a slash at the end. */
  sendWebhooks(url: string): Promise<void>
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
    accounts: Object.fromEntries(
      started.map(({ name, sandbox }) => [
        name,
        'webhookSettings' in sandbox ? { ...sandbox.account, ...sandbox.webhookSettings } : sandbox.account,
      ]),
    ),
    folder,
    sendWebhooks: async (url) => {
      for (const { name, sandbox } of started)
        if ('webhooks' in sandbox) await sandbox.webhooks.subscribe(`${url}/hooks/${name}`)
    },
    close: async () => {
      await Promise.all(started.map(({ sandbox }) => sandbox.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Writes a configuration file for a server in another process, which only the current user can read. The sandboxes do not know
 * the URL of that server, so it receives events over event connections. Returns the path of the file.
 */
export async function writeConfiguration({ running, accounts, folder }: Sandboxes): Promise<string> {
  const path = join(folder, 'parley.config.yaml')
  const entries = Object.entries(running).map(([name, sandbox]) => {
    const eventSettings = 'eventSettings' in sandbox ? (sandbox.eventSettings as object) : {}
    return [name, { ...accounts[name], ...eventSettings }] as const
  })
  const settings = { accounts: Object.fromEntries(entries), data: './parley-data' }
  await writeFile(path, stringify(settings), { mode: 0o600 })
  return path
}
