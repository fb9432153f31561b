import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { openServer, type OpenServer } from './open-server.ts'

/** A server in the process of the test, with an account in the sandbox of each vendor. */
export interface SandboxServer extends OpenServer {
  sandboxes: Sandboxes
}

/** Starts the sandboxes and the server. `close` stops both. @param settings Settings besides the accounts. */
export async function openSandboxServer(settings: object = {}): Promise<SandboxServer> {
  const sandboxes = await startSandboxes(0)
  const server = await openServer({ ...settings, accounts: sandboxes.accounts })
  const close = async () => {
    await server.close()
    await sandboxes.close()
  }
  return { ...server, sandboxes, close }
}
