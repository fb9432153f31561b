import type { Done } from './load.ts'
import type { Times } from './vendor-account.ts'

/**
 * What the server added to each read that made one vendor call: from when it was due until its answer was in, less the
 * time that the vendor took. A read with more than one call of its kind in its time is left out, retries among them.
 */
export function addedTo(done: readonly Done[], times: Record<string, Times>): number[] {
  const calls = new Map<string, { arrived: number; answered: number }[]>()
  for (const [account, { urls, answered }] of Object.entries(times)) {
    for (let at = 0; at < answered.length; at += 3) {
      const key = `${account} ${urls[answered[at]!]!}`
      const entry = { arrived: answered[at + 1]!, answered: answered[at + 2]! }
      if (!calls.get(key)?.push(entry)) calls.set(key, [entry])
    }
  }
  for (const entries of calls.values()) entries.sort((one, other) => one.arrived - other.arrived)
  return done.flatMap(({ read, due, ended }) => {
    if (read.calls.length !== 1) return []
    const entries = calls.get(read.calls[0]!) ?? []
    const own: number[] = []
    for (let at = firstAfter(entries, due); at < entries.length && entries[at]!.arrived < ended; at++)
      own.push(entries[at]!.answered - entries[at]!.arrived)
    return own.length === 1 ? [ended - due - own[0]!] : []
  })
}

/** The index of the first call that arrived at `time` or later. */
function firstAfter(entries: readonly { arrived: number }[], time: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.arrived < time) low = middle + 1
    else high = middle
  }
  return low
}
