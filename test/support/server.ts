import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { environment } from './environment.ts'

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

/** The server as a process of its own. */
export interface ServerProcess {
  /** Of the API and GraphiQL. */
  url: string
  /** Everything on stderr so far: a JSON line per event. */
  log(): string
  /** Ends it, by default as a supervisor would; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Kills it and starts it again over the same configuration and data folder. */
  restart(): Promise<void>
}

/** `configuration`: as in parley.config.yaml; its data folder is made here and gone after `stop`. */
export async function startProcess(configuration: object): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const file = join(folder, 'parley.config.yaml')
  await writeFile(file, stringify({ data: './data', ...configuration }))
  let running = await run(file)
  return {
    get url() {
      return running.url
    },
    log: () => running.log(),
    restart: async () => {
      await end(running.child, 'SIGKILL')
      running = await run(file)
    },
    stop: async (signal = 'SIGTERM') => {
      const code = await end(running.child, signal)
      await rm(folder, { recursive: true, force: true })
      return code
    },
  }
}

async function run(file: string) {
  const env = { ...environment, PORT: '0' }
  const child = spawn(process.execPath, [main, 'serve', '--config', file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, log] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${log}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /https?:\S+\/graphql/.exec(said)
      if (address) resolve(address[0])
    })
  })
  return { child, url, log: () => log }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal)
    await once(child, 'exit')
  }
  return child.exitCode
}
