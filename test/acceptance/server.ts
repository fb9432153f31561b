import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { environment } from '../support/environment.ts'

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

/** The server as a process, at the most talkative log level, with all that it says kept. */
export interface Server {
  /** Origin, no trailing slash. */
  url: string
  port: number
  pid: number
  /** Holds the configuration, the data and the temporary files (`tmp`). */
  folder: string
  stdout(): string
  stderr(): string
  alive(): boolean
  stop(): Promise<void>
}

export async function startServer(configuration: object): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-acceptance-'))
  const file = join(folder, 'parley.config.yaml')
  await writeFile(file, stringify({ data: './data', ...configuration }), { mode: 0o600 })
  await mkdir(join(folder, 'tmp'))
  const env = { ...environment, PORT: '0', LOG_LEVEL: 'trace', TMPDIR: join(folder, 'tmp') }
  const child = spawn(process.execPath, [main, 'serve', '--config', file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${stderr}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const address = /(https?:\S+)\/graphql/.exec(stdout)?.[1]
      if (address) resolve(address)
    })
  })
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    folder,
    stdout: () => stdout,
    stderr: () => stderr,
    alive: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Twice, for the server waits for its clients at the first signal. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  child.kill('SIGINT')
  await exited
}
