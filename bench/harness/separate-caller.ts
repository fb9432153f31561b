import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a separate caller sends. */
export interface CallerOrder {
  url: string
  /** Operations that it sends in turn. */
  bodies: string[]
  /** Operations per second. */
  rate: number
  seconds: number
}

/** Status of a response, and the time from when its operation was due, in ms. The status is 0 if there was no response. */
export interface TimedStatus {
  status: number
  ms: number
}

/**
 * Sends operations from a process of its own and returns their responses. A process that generates a high load handles each
 * response late, so that its times say little about the server.
 */
export async function callSeparately(order: CallerOrder): Promise<TimedStatus[]> {
  const file = fileURLToPath(new URL('../caller-process.ts', import.meta.url))
  const child = fork(file, { serialization: 'advanced' })
  child.send(order)
  const fail = async (): Promise<never> => {
    const [code] = await once(child, 'exit')
    throw new Error(`The separate caller ended with ${code}.`)
  }
  const [responses] = (await Promise.race([once(child, 'message'), fail()])) as [TimedStatus[]]
  return responses
}
