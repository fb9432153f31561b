import { getHeapStatistics } from 'node:v8'

const MiB = 1024 ** 2

/**
 * V8 counts three semi-spaces of new objects into its heap limit, but the process ends once the old objects alone reach
 * the rest of it: with `--max-old-space-size=384` the limit is reported as 576 MiB, and 384 MiB are what counts.
 */
const newSpaceBytes = 3 * getSemiSpaceMiB() * MiB

/** Returns the share of the memory for JavaScript objects that is in use. */
export function getHeapShare(): number {
  const { used_heap_size: usedBytes, heap_size_limit: limitBytes } = getHeapStatistics()
  return usedBytes / (limitBytes - newSpaceBytes)
}

function getSemiSpaceMiB(): number {
  const options = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].join(' ')
  return Number(/--max[-_]semi[-_]space[-_]size[= ](\d+)/.exec(options)?.[1] ?? 64)
}
