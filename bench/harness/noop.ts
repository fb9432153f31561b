import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { post } from './client.ts'
import { now } from './clock.ts'
import { cpuOf } from './process.ts'

/** A GraphQL server that does nothing. Measures the latency that the machine and the load generator add. */
export interface Noop {
  /** When each of its responses was due, and when it arrived. */
  done: { due: number; ended: number }[]
  ask(due: number): Promise<void>
  cpu(): number
  close(): Promise<void>
}

export async function startNoop(): Promise<Noop> {
  const file = fileURLToPath(new URL('../noop-server.ts', import.meta.url))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString().trim()
  const done: Noop['done'] = []
  return {
    done,
    ask: async (due) => {
      await post(url, '{"query":"{ ok }"}')
      done.push({ due, ended: now() })
    },
    cpu: () => cpuOf(child.pid!),
    close: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
