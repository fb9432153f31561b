import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { stringify } from 'yaml'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** How long an event loop was held, in ms. */
export interface Stalls {
  p99: number
  max: number
}

/** The server as a process of its own. */
export interface Parley {
  /** Origin, no trailing slash. */
  url: string
  pid: number
  /** Where its configuration, data and log lie. */
  folder: string
  /** All that it has written to stderr. */
  log(): Promise<string>
  /** Resident memory in MiB. */
  memory(): number
  /** How many files and sockets are open. */
  descriptors(): number
  /** Processor time so far, in ms. */
  cpu(): number
  /** How long its event loop was held since this was last asked. */
  stalls(): Promise<Stalls>
  /** Ends it as a supervisor would; gives the exit code. */
  stop(): Promise<number | null>
  /** Ends it at once, whatever it does, and takes its folder away. */
  dispose(): Promise<void>
}

export interface ParleyOptions {
  environment?: Record<string, string>
  /** Arguments for node itself. */
  node?: readonly string[]
}

/** `configuration`: as in parley.config.yaml. */
export async function startParley(configuration: object, options: ParleyOptions = {}): Promise<Parley> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'))
  const file = join(folder, 'parley.config.yaml')
  await writeFile(file, stringify({ data: './data', ...configuration }), { mode: 0o600 })
  const log = await open(join(folder, 'log'), 'w')
  const env = { PATH: process.env['PATH'], PORT: '0', ...options.environment }
  const args = [...(options.node ?? []), main, 'serve', '--config', file]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', log.fd] })
  await log.close()
  const readLog = (): Promise<string> => readFile(join(folder, 'log'), 'utf8')
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    void exited.then(async (code) => reject(new Error(`The server ended with ${code}: ${await readLog()}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /(https?:\S+)\/graphql/.exec(said)?.[1]
      if (address) resolve(address)
    })
  })
  const pid = child.pid!
  return {
    url,
    pid,
    folder,
    log: readLog,
    memory: () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    descriptors: () => readdirSync(`/proc/${pid}/fd`).length,
    cpu: () => cpuOf(pid),
    stalls: () => stallsOf(url),
    stop: () => {
      child.kill('SIGTERM')
      return exited
    },
    dispose: async () => {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A process's processor time in ms; the kernel counts hundredths of a second. */
export function cpuOf(pid: number): number {
  const behindName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')
  return (Number(behindName[11]) + Number(behindName[12])) * 10
}

async function stallsOf(url: string): Promise<Stalls> {
  const text = await (await request(`${url}/metrics`)).body.text()
  const held = (which: string): number =>
    Math.round(Number(new RegExp(`^nodejs_eventloop_lag_${which}_seconds (\\S+)`, 'm').exec(text)?.[1]) * 1000)
  return { p99: held('p99'), max: held('max') }
}
