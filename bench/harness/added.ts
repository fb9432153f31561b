import type { Done } from './load.ts'
import type { Times } from './vendor-account.ts'

/**
 * Time that the server added to each read with one vendor call: from when the read was due until its response arrived,
 * without the time of the vendor. Omits reads during which more than one call of their kind was made, retries included.
 */
export function addedTo(done: readonly Done[], times: Record<string, Times>): number[] {
  const calls = new Map<string, { arrived: number; completed: number }[]>()
  for (const [account, { urls, completed }] of Object.entries(times)) {
    for (let at = 0; at < completed.length; at += 3) {
      const key = `${account} ${urls[completed[at]!]!}`
      const entry = { arrived: completed[at + 1]!, completed: completed[at + 2]! }
      if (!calls.get(key)?.push(entry)) calls.set(key, [entry])
    }
  }
  for (const entries of calls.values()) entries.sort((one, other) => one.arrived - other.arrived)
  return done.flatMap(({ read, due, ended }) => {
    if (read.calls.length !== 1) return []
    const entries = calls.get(read.calls[0]!) ?? []
    const own: number[] = []
    for (let at = firstAfter(entries, due); at < entries.length && entries[at]!.arrived < ended; at++)
      own.push(entries[at]!.completed - entries[at]!.arrived)
    return own.length === 1 ? [ended - due - own[0]!] : []
  })
}

/** Returns the index of the first call that arrived at `time` or later. */
function firstAfter(entries: readonly { arrived: number }[], time: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.arrived < time) low = middle + 1
    else high = middle
  }
  return low
}
