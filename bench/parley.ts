import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'

const main = fileURLToPath(new URL('../bin/parley.js', import.meta.url))

export interface LogLine {
  level: number
  msg: string
  [field: string]: unknown
}

/** The server as a process of its own. */
export interface Parley {
  /** Origin, no trailing slash. */
  url: string
  pid: number
  /** Its log so far. */
  lines(): LogLine[]
  /** Everything on stderr that is no log line. */
  noise(): string
  kill(signal: NodeJS.Signals): void
  /** Replaces the configuration file, as most editors do. `configuration`: a text as it is, or settings. */
  configure(configuration: object | string): Promise<void>
  /** The exit code, once it has ended. */
  exited: Promise<number | null>
  /** Ends it at once, whatever it does, and takes its folder away. */
  dispose(): Promise<void>
}

export interface ParleyOptions {
  environment?: Record<string, string>
  /** Arguments for node itself. */
  node?: string[]
  /** The most file descriptors that the process may have. */
  openFiles?: number
  /** No file may grow, as on a full disk. */
  isDiskFull?: boolean
  onLine?: (line: LogLine) => void
}

/** `configuration`: as in parley.config.yaml. */
export async function startParley(configuration: object, options: ParleyOptions = {}): Promise<Parley> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'))
  const file = join(folder, 'parley.config.yaml')
  const configure = async (next: object | string): Promise<void> => {
    const text = typeof next === 'string' ? next : stringify({ data: './data', ...next })
    await writeFile(`${file}.new`, text, { mode: 0o600 })
    await rename(`${file}.new`, file)
  }
  await configure(configuration)
  const env = { PATH: process.env['PATH'], PORT: '0', ...options.environment }
  const command = [process.execPath, ...(options.node ?? []), main, 'serve', '--config', file]
  const limit = [
    options.openFiles === undefined ? '' : `ulimit -n ${options.openFiles}; `,
    options.isDiskFull === true ? 'ulimit -f 0; ' : '',
  ].join('')
  const child = spawn('/bin/sh', ['-c', `${limit}exec "$@"`, 'sh', ...command], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const log = readLines(options.onLine)
  child.stderr.setEncoding('utf8').on('data', log.read)
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    void exited.then((code) => reject(new Error(`The server ended with ${code}: ${log.noise()}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /(https?:\S+)\/graphql/.exec(said)?.[1]
      if (address) resolve(address)
    })
  })
  return {
    url,
    pid: child.pid!,
    lines: () => log.lines,
    noise: log.noise,
    kill: (signal) => void child.kill(signal),
    configure,
    exited,
    dispose: async () => {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** With `onLine`, lines are handed on and not kept. */
function readLines(onLine: ParleyOptions['onLine']) {
  const lines: LogLine[] = []
  const take = onLine ?? ((line: LogLine) => void lines.push(line))
  let rest = ''
  let noise = ''
  const read = (text: string): void => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      if (part.startsWith('{')) take(JSON.parse(part) as LogLine)
      else noise += `${part}\n`
    }
  }
  return { lines, read, noise: () => noise + rest }
}
