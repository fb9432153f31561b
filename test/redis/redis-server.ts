import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RedisConnection } from '../../src/redis/connection.ts'
import { findFreePort } from '../support/free-port.ts'

/** A redis-server of its own on a loopback port, with a folder that it keeps everything in. */
export interface RedisServer {
  url: string
  folder: string
  /** Ends it with no time to do anything. */
  kill(): Promise<void>
  /** As it was, on the same port, with what it had written. */
  start(): Promise<void>
  /** Holds it still, its connections open, until it is let go. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** `options`: further settings, as on its command line. */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-redis-'))
  const port = await findFreePort()
  const place = ['--bind', '127.0.0.1', options.includes('--tls-cert-file') ? '--tls-port' : '--port', String(port)]
  const settings = [...place, '--dir', folder, '--save', '', '--appendonly', 'yes']
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
      throw new Error('redis-server is not installed; install it (apt-get install redis-server) and run this again')
    })
    const ready = (async () => {
      let said = ''
      for await (const text of child.stdout!.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
        said += text as string
        if (said.includes('Ready to accept connections')) return child.stdout!.resume()
      }
      throw new Error(`redis-server ended: ${said}`)
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
export async function openInspector({ url }: RedisServer): Promise<RedisConnection> {
  const ignore = (): void => {}
  const inspector = new RedisConnection({ url, onMessage: ignore, sendHeartbeat: async () => {}, onChange: ignore })
  await inspector.connect()
  return inspector
}
