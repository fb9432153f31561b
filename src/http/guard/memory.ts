import { getHeapStatistics } from 'node:v8'

const MiB = 1024 ** 2

/**
 * V8 counts three semi-spaces of new objects into its heap limit, but the process ends once the old objects alone reach
 * the rest of it: with `--max-old-space-size=384` the limit is reported as 576 MiB, and 384 MiB are what counts.
 */
const newSpaceBytes = 3 * getSemiSpaceMiB() * MiB

/** For so many ms, a measured share is used again: V8 takes microseconds to count, and no heap fills up within this time. */
const measureInterval = 5

let share = 0
let measuredAt = -Infinity

/** Returns the share of the memory for JavaScript objects that is in use. */
export function getHeapShare(): number {
  const now = performance.now()
  if (now - measuredAt >= measureInterval) {
    const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics()
    share = usedBytes / (limitBytes - newSpaceBytes)
    measuredAt = now
  }
  return share
}

function getSemiSpaceMiB(): number {
  const options = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ')
  return Number(/--max[-_]semi[-_]space[-_]size[= ](\d+)/.exec(options)?.[1] ?? 64)
}
