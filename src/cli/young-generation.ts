import { setFlagsFromString } from 'node:v8'

/** Time in which the thread of the operation store loads its modules. The compile cache depends on the flags of V8. */
const delayMs = 1_000

/**
 * Lets the young generation of V8 grow again, which `bin/parley.js` prevents during the start. Under load, its first growth is to
 * 16 MB, because a small one is collected so often that many short-lived objects survive.
 */
export function enlargeYoungGeneration(): void {
  setTimeout(() => setFlagsFromString('--semi-space-growth-factor=16'), delayMs).unref()
}
