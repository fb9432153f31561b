import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogLine } from './process-output.ts'
import { startInProcess } from './server-in-process.ts'

/** A server in the process of the test. Starting it takes a tenth of the processor time of a process. */
export interface OpenServer {
  /** Origin, without a slash at the end. */
  url: string
  /** URL of the API and GraphiQL. */
  graphqlUrl: string
  /** The log so far. */
  lines(): LogLine[]
  /** Text of the log so far: one JSON object per line. */
  stderr(): string
  /** Aborts the requests in flight, stops the server, and deletes its data. */
  close(): Promise<void>
}

export interface OpenServerOptions {
  accounts: Record<string, object>
  limits?: object
  [setting: string]: unknown
}

/** Starts the server in the process of the test, with a new data folder. `level`: the lowest level that is logged. */
export async function openServer({ limits, ...settings }: OpenServerOptions, level = 'info'): Promise<OpenServer> {
  const data = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const texts: string[] = []
  const server = await startInProcess({
    ...settings,
    limits: { shutdownGrace: 0, ...limits },
    drainAnnounce: 0,
    data,
    lines: texts,
    level,
  })
  return {
    url: server.url,
    graphqlUrl: `${server.url}/graphql`,
    lines: () => texts.map((text) => JSON.parse(text) as LogLine),
    stderr: () => texts.join(''),
    close: async () => {
      await server.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}
