import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProcess } from '../../test/support/server.ts'
import type { Contestant, Workload } from '../peers/workloads.ts'

/** The process of a contestant or of the vendors. */
export interface Participant {
  /** Origin, without a slash at the end. */
  url: string
  pid: number
  close(): Promise<void>
}

const keys = { one: 'a-key-that-reads-one-account', merged: 'a-key-that-reads-three-accounts' }
const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Starts a file of `bench/peers`, which prints its URL. */
export async function startPeer(file: string, environment: Record<string, string> = {}): Promise<Participant> {
  const path = fileURLToPath(new URL(`../peers/${file}`, import.meta.url))
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment }
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)))
  })
  return {
    url,
    pid: child.pid!,
    close: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Starts Parley as in production: callers with API keys, and all limits. @param node Arguments of Node. */
export async function startContestant(
  upstream: string,
  node: string[] = [],
  environment: Record<string, string> = {},
): Promise<Participant> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const keyFile = join(folder, 'client.json')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  await writeFile(keyFile, JSON.stringify({ client_id: 'bench', private_key: pem }), { mode: 0o600 })
  const zoom = (path: string) => ({
    vendor: 'zoom',
    accountId: 'account',
    clientId: 'client',
    clientSecret: 'a-secret-of-the-benchmark',
    apiUrl: `${upstream}/${path}/v2`,
    fileUrl: `${upstream}/${path}/v2`,
    tokenUrl: `${upstream}/${path}/oauth/token`,
  })
  const client = (name: keyof typeof keys, accounts: string[]) => {
    return { name, apiKeySha256: hashKey(keys[name]), scopes: ['read'], accounts }
  }
  const configuration = {
    accounts: {
      zoom: zoom('zoom'),
      small: zoom('small'),
      trueconf: {
        vendor: 'trueconf',
        serverUrl: `${upstream}/trueconf`,
        clientId: 'client',
        clientSecret: 'a-secret-of-the-benchmark',
      },
      imeetcentral: {
        vendor: 'imeetcentral',
        keyFile,
        apiUrl: `${upstream}/imeet/v1`,
        tokenUrl: `${upstream}/imeet/oauth2/token`,
        audience: 'bench',
      },
    },
    clients: [client('one', ['zoom']), client('merged', ['small', 'trueconf', 'imeetcentral'])],
    cursorSecret: 'a-cursor-secret-of-the-benchmark-only',
  }
  // The log is written, but not read.
  const options = { node, environment: { NODE_ENV: 'production', ...environment }, onLine: () => {} }
  const parley = await startProcess(configuration, options)
  return {
    url: parley.url,
    pid: parley.pid,
    close: async () => {
      await parley.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One request of a workload, and a check of its response. */
export function createRequest(contestant: Contestant, { caller, requests }: Workload) {
  const { path = '/graphql', body } = requests[contestant]
  const headers = {
    accept: 'application/graphql-response+json, application/json',
    ...(body && { 'content-type': 'application/json' }),
    ...(contestant === 'parley' && { authorization: `Bearer ${keys[caller]}` }),
  }
  return { path, method: body ? 'POST' : 'GET', headers, ...(body && { body: JSON.stringify(body) }) } as const
}

/** Returns the processor time of a process in milliseconds, as exactly as Linux counts it. */
export function readCpuMs(pid: number): number {
  const tasks = `/proc/${pid}/task`
  const times = readdirSync(tasks).map((task) =>
    Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
  )
  return times.reduce((sum, time) => sum + time, 0) / 1e6
}
