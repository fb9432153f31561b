import { getHeapStatistics } from 'node:v8'

const MiB = 1024 ** 2

/**
 * Size of the three semi-spaces of new objects. V8 includes them in its heap limit, but the process ends when the old
 * objects alone reach the rest of the limit. With `--max-old-space-size=384`, V8 reports 576 MiB, but 384 MiB is the
 * real limit.
 */
const newSpaceBytes = 3 * getSemiSpaceMiB() * MiB

/** Time for which a measured share is reused. A measurement takes microseconds, and no heap fills up within this time. */
const maxMeasureAgeMs = 5

let share = 0
let measuredAt = -Infinity

/** Returns the share of the memory for JavaScript objects that is in use, from 0 to 1. */
export function getHeapShare(): number {
  const now = performance.now()
  if (now - measuredAt >= maxMeasureAgeMs) {
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
