import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RedisConnection } from '../../src/redis/connection.ts'
import { findFreePort } from '../support/free-port.ts'

/** A redis-server on a loopback port, which stores everything in one folder. */
export interface RedisServer {
  url: string
  folder: string
  /** Kills the process with SIGKILL. */
  kill(): Promise<void>
  /** Starts the process again, on the same port and with the stored data. */
  start(): Promise<void>
  /** Stops the process with its connections open, until `thaw` is called. */
  freeze(): void
  thaw(): void
  /** Kills the process and deletes its folder. */
  stop(): Promise<void>
}

/**
 * Starts a redis-server.
 *
 * @param options Command-line options besides the address and the folder.
 * @throws Error if redis-server is not installed or ends during the start.
 */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'))
  const port = await findFreePort()
  const address = ['--bind', '127.0.0.1', options.includes('--tls-cert-file') ? '--tls-port' : '--port', String(port)]
  const settings = [...address, '--dir', folder, '--save', '', '--appendonly', 'yes']
  const password = options.includes('--requirepass') ? options[options.indexOf('--requirepass') + 1]! : ''
  let child: ChildProcess
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const start = async (): Promise<void> => {
    child = spawn('redis-server', [...settings, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    const missing = once(child, 'error').then(() => {
      throw new Error(
        'redis-server is not installed. Install it (apt-get install redis-server), and run the tests again.',
      )
    })
    const ready = (async () => {
      let output = ''
      for await (const text of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
        output += text as string
        if (output.includes('Ready to accept connections')) return child.stdout!.resume()
      }
      throw new Error(`redis-server ended: ${output}`)
    })()
    await Promise.race([ready, missing])
  }
  await start()
  return {
    url: `redis://${password && `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    folder,
    kill,
    start,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a connection with which a test reads and changes what Redis contains. */
export async function openInspector({ url }: { url: string }): Promise<RedisConnection> {
  const ignore = (): void => {}
  const inspector = new RedisConnection({ url, onMessage: ignore, sendHeartbeat: async () => {}, onChange: ignore })
  await inspector.connect()
  return inspector
}
