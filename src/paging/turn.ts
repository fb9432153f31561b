import { setImmediate as nextTurn } from 'node:timers/promises'

let isTaken = false
let queue: Promise<void> = Promise.resolve()

/**
 * Lets one piece of work a turn of the event loop proceed at once; a second one waits for a turn of its own. One operation can have 20
 * lists that share a page: without turns, reading and formatting all of them would hold the event loop at once.
 */
export function takeTurn(): Promise<void> | undefined {
  if (isTaken) return (queue = queue.then(() => nextTurn()))
  isTaken = true
  setImmediate(() => (isTaken = false))
  return undefined
}
