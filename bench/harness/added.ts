import type { Done } from './load.ts'
import type { Times } from './vendor-account.ts'

interface Interval {
  start: number
  end: number
}

/**
 * Time in ms that the server added to each read: from when the read was due until its response arrived, without the time
 * in which a vendor had a call of the read or a token request of its account. Waits before retries are included.
 */
export function addedTo(done: readonly Done[], times: Record<string, Times>): number[] {
  const requests = new Map<string, Interval[]>()
  let longest = 0
  const note = (key: string, start: number, end: number): void => {
    longest = Math.max(longest, end - start)
    if (!requests.get(key)?.push({ start, end })) requests.set(key, [{ start, end }])
  }
  for (const [account, { urls, completed, abandoned, tokens }] of Object.entries(times)) {
    for (const calls of [completed, abandoned])
      for (let at = 0; at < calls.length; at += 3)
        note(`${account} ${urls[calls[at]!]!}`, calls[at + 1]!, calls[at + 2]!)
    for (let at = 0; at < tokens.length; at += 2) note(account, tokens[at]!, tokens[at + 1]!)
  }
  for (const intervals of requests.values()) intervals.sort(byStart)
  return done.map(({ read, due, ended }) => {
    const own = [...read.accounts, ...read.calls].flatMap((key) => {
      const intervals = requests.get(key) ?? []
      return intervals.slice(firstAfter(intervals, due - longest), firstAfter(intervals, ended))
    })
    return ended - due - coveredIn(own.sort(byStart), due, ended)
  })
}

const byStart = (one: Interval, other: Interval): number => one.start - other.start

/** Returns the index of the first interval that starts at `time` or later. */
function firstAfter(intervals: readonly Interval[], time: number): number {
  let [low, high] = [0, intervals.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (intervals[middle]!.start < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Returns how much of the time from `from` to `to` the intervals, sorted by their start, cover together. */
function coveredIn(intervals: readonly Interval[], from: number, to: number): number {
  let covered = 0
  let reached = from
  for (const { start, end } of intervals) {
    covered += Math.max(0, Math.min(end, to) - Math.max(start, reached))
    reached = Math.max(reached, end)
  }
  return covered
}
