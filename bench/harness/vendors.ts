import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Commands } from '../vendor-process.ts'

/** Client of the process of the vendors. */
export interface Vendors {
  ask<Name extends keyof Commands>(
    command: Name,
    ...args: Parameters<Commands[Name]>
  ): Promise<Awaited<ReturnType<Commands[Name]>>>
  close(): Promise<void>
}

/** @param node Arguments of Node. */
export function startVendors(node: readonly string[] = []): Vendors {
  const file = fileURLToPath(new URL('../vendor-process.ts', import.meta.url))
  const child = fork(file, { execArgv: [...node], serialization: 'advanced' })
  const waiting = new Map<number, (result: never) => void>()
  child.on('message', ({ id, result }: { id: number; result: never }) => {
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  child.on('exit', (code) => {
    if (waiting.size > 0) throw new Error(`The vendors ended with ${code}.`)
  })
  let orders = 0
  const ask: Vendors['ask'] = (command, ...args) => {
    const { promise, resolve } = Promise.withResolvers<never>()
    waiting.set(++orders, resolve)
    child.send({ id: orders, command, args })
    return promise
  }
  return {
    ask,
    close: async () => {
      const ended = once(child, 'exit')
      child.send({ id: ++orders, command: 'close', args: [] })
      await ended
    },
  }
}
