import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import type { ServerProcess } from '../../test/support/server.ts'

/** Arguments of a server whose heap can be dumped. */
export const dumping = (folder: string): string[] => ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${folder}`]

/** Contents of the server's heap after a collection. */
export interface Heap {
  /** Size in bytes. */
  size: number
  /** Number of objects, by constructor. */
  constructors: Map<string, number>
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
  nodes: number[]
  strings: string[]
}

/** Writes a heap dump to `folder`, and counts its contents. */
export async function dump(parley: ServerProcess, folder: string): Promise<Heap> {
  const files = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'))
  const before = new Set(files())
  process.kill(parley.pid, 'SIGUSR2')
  let file: string | undefined
  while (!(file = files().find((name) => !before.has(name)))) await delay(50)
  // The server responds to nothing until the dump is complete.
  await (await request(`${parley.url}/healthz`)).body.dump()
  return count(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Snapshot)
}

function count({ snapshot, nodes, strings }: Snapshot): Heap {
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field)) as [
    number,
    number,
    number,
  ]
  const isObject = types[0].indexOf('object')
  const heap: Heap = { size: 0, constructors: new Map() }
  for (let at = 0; at < nodes.length; at += fields.length) {
    heap.size += nodes[at + size]!
    if (nodes[at + type] !== isObject) continue
    const constructor = strings[nodes[at + name]!]!
    heap.constructors.set(constructor, (heap.constructors.get(constructor) ?? 0) + 1)
  }
  return heap
}
