/** Work that waits for its turn, by caller. The caller that was served last is at the end. */
const waiting = new Map<string, (() => void)[]>()
let isTaken = false

/**
 * Lets one piece of work in a turn of the event loop start at once; more of it waits for turns of its own, in which callers take
 * turns, too. One operation can have 20 lists that share a page, and one caller many operations: without turns, reading and
 * formatting all of them would hold the event loop at once, and without shares, other callers would wait for all of it.
 */
export function takeTurn(caller: string): Promise<void> | undefined {
  if (isTaken) {
    return new Promise((resolve) => {
      const line = waiting.get(caller)
      if (line) line.push(resolve)
      else waiting.set(caller, [resolve])
    })
  }
  isTaken = true
  setImmediate(startNext)
  return undefined
}

function startNext(): void {
  const [next] = waiting
  isTaken = next !== undefined
  if (!next) return
  const [caller, line] = next
  const start = line.shift()!
  waiting.delete(caller)
  if (line.length > 0) waiting.set(caller, line)
  setImmediate(startNext)
  start()
}
