/** Starts the waiting work, by caller. The caller whose work started last is at the end. */
const waitingByCaller = new Map<string, (() => void)[]>()
let isTaken = false

/**
 * Starts at most one piece of long work in each turn of the event loop. Callers alternate, so that a caller with little
 * work does not wait for all the work of another caller. An operation can have 20 lists that share a page, and a caller
 * can send many operations; all of them together would block the event loop.
 *
 * @returns Undefined if the work can start now. Otherwise a promise that resolves when it can start.
 */
export function takeTurn(caller: string): Promise<void> | undefined {
  if (isTaken) {
    return new Promise((resolve) => {
      const starts = waitingByCaller.get(caller)
      if (starts) starts.push(resolve)
      else waitingByCaller.set(caller, [resolve])
    })
  }
  isTaken = true
  setImmediate(startNext)
  return undefined
}

function startNext(): void {
  const [next] = waitingByCaller
  isTaken = next !== undefined
  if (!next) return
  const [caller, starts] = next
  const start = starts.shift()!
  waitingByCaller.delete(caller)
  if (starts.length > 0) waitingByCaller.set(caller, starts)
  setImmediate(startNext)
  start()
}
