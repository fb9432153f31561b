import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { environment } from './environment.ts'
import { ProcessOutput, type LogLine } from './process-output.ts'

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

export interface ProcessOptions {
  /** Environment variables besides PATH and PORT. */
  environment?: Record<string, string>
  /** Arguments of `node`. */
  node?: string[]
  /** Maximum number of file descriptors of the process. */
  openFiles?: number
  /** Whether no file can grow, as on a full disk. */
  isDiskFull?: boolean
  /** Receives the lines of the log, which are then not stored in `lines` and `stderr`. */
  onLine?: (line: LogLine) => void
}

/** The server logs with the level trace. */
export const traceLog: ProcessOptions = { environment: { LOG_LEVEL: 'trace' } }

/**
 * Starts `parley serve` in a new folder. Returns when the server accepts requests.
 *
 * @param configuration If null, there is no configuration file, and the server uses its sandboxes.
 */
export async function startProcess(configuration: object | null, options: ProcessOptions = {}): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'))
  await mkdir(join(folder, 'tmp'))
  const server = new ServerProcess(folder, options)
  if (configuration) await server.configure(configuration)
  await server.start()
  return server
}

/** A server process that a test controls, and whose output it reads. */
export class ServerProcess {
  /** Holds the configuration, the data (`data`), and the temporary files (`tmp`). */
  readonly folder: string
  readonly #options: ProcessOptions
  readonly #output: ProcessOutput
  #hasConfiguration = false
  #child: ChildProcessByStdio<null, Readable, Readable> | undefined
  /** Exit code of the process, or null if a signal ended it. */
  exited: Promise<number | null> = Promise.resolve(null)
  /** Origin, without a slash at the end. */
  url = ''

  constructor(folder: string, options: ProcessOptions) {
    this.folder = folder
    this.#options = options
    this.#output = new ProcessOutput(options.onLine)
  }

  /** URL of the API and GraphiQL. */
  get graphqlUrl(): string {
    return `${this.url}/graphql`
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  get pid(): number {
    return this.#running.pid!
  }

  get isRunning(): boolean {
    return this.#running.exitCode === null && this.#running.signalCode === null
  }

  /** Text on stdout so far. */
  readonly stdout = (): string => this.#output.stdout

  /** Text on stderr so far: one JSON object per line. */
  readonly stderr = (): string => this.#output.stderr

  /** The log so far. */
  readonly lines = (): LogLine[] => this.#output.lines

  /** Text on stderr that is not a line of the log. */
  readonly noise = (): string => this.#output.noise

  readonly kill = (signal: NodeJS.Signals): void => void this.#running.kill(signal)

  /** Replaces the configuration file, as most editors do. @param configuration Text of the file, or settings. */
  async configure(configuration: object | string): Promise<void> {
    const text = typeof configuration === 'string' ? configuration : stringify({ data: './data', ...configuration })
    await writeFile(`${this.#file}.new`, text, { mode: 0o600 })
    await rename(`${this.#file}.new`, this.#file)
    this.#hasConfiguration = true
  }

  async start(): Promise<void> {
    const { environment: added, node = [], openFiles, isDiskFull = false } = this.#options
    const env = { ...environment, PORT: '0', PARLEY_SANDBOX_PORT: '0', TMPDIR: join(this.folder, 'tmp'), ...added }
    const limits = [openFiles === undefined ? '' : `ulimit -n ${openFiles}; `, isDiskFull ? 'ulimit -f 0; ' : '']
    const file = this.#hasConfiguration ? ['--config', this.#file] : []
    const command = [process.execPath, ...node, main, 'serve', ...file]
    const child = spawn('/bin/sh', ['-c', `${limits.join('')}exec "$@"`, 'sh', ...command], {
      cwd: this.#hasConfiguration ? process.cwd() : this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.exited = once(child, 'exit').then(([code]) => code as number | null)
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#output.addStderr(text))
    const started = this.#output.stdout.length
    this.url = await new Promise<string>((resolve, reject) => {
      void this.exited.then((code) => reject(new Error(`The server ended with ${code}: ${this.stderr()}`)))
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        this.#output.stdout += text
        const url = /(https?:\S+)\/graphql/.exec(this.#output.stdout.slice(started))?.[1]
        if (url) resolve(url)
      })
    })
  }

  /** Kills the process, and starts another one with the same configuration and data. */
  async restart(): Promise<void> {
    this.kill('SIGKILL')
    await this.exited
    await this.start()
  }

  /** Ends the process, by default with SIGTERM, and deletes its folder. Returns the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.isRunning) this.kill(signal)
    const code = await this.exited
    await rm(this.folder, { recursive: true, force: true })
    return code
  }

  /** Kills the process and deletes its folder. */
  async dispose(): Promise<void> {
    await this.stop('SIGKILL')
  }

  get #file(): string {
    return join(this.folder, 'parley.config.yaml')
  }

  get #running(): ChildProcessByStdio<null, Readable, Readable> {
    if (!this.#child) throw new Error('The server was not started.')
    return this.#child
  }
}
