import { FileHandle } from '../../core/file-handle.ts'
import { createBadRequest, isObject } from './parameters.ts'

/** Puts a handle at each place that the map names, by part name; the places must hold null. */
export function assignFiles(operations: unknown, map: unknown, limit: number): Map<string, FileHandle> {
  if (!isObject(map)) throw createBadRequest('The map must be an object: part name to a list with one path.')
  const entries = Object.entries(map)
  if (entries.length > limit) throw createBadRequest(`Too many files: at most ${limit} are accepted.`)
  const handles = new Map<string, FileHandle>()
  for (const [part, paths] of entries) {
    const path: unknown = Array.isArray(paths) && paths.length === 1 ? paths[0] : null
    if (typeof path !== 'string') throw createBadRequest('Each file in the map must have exactly one path.')
    const handle = new FileHandle()
    placeFile(operations, path, handle)
    handles.set(part, handle)
  }
  return handles
}

/** Walks own properties only, so that no path leads to a prototype. */
function placeFile(operations: unknown, path: string, handle: FileHandle): void {
  const steps = path.split('.')
  const last = steps.pop()
  let holder = operations
  for (const step of steps) holder = getOwnProperty(holder, step)
  if (steps[0] !== 'variables' || last === undefined || getOwnProperty(holder, last) !== null) {
    throw createBadRequest('A path in the map must lead to a null inside variables.')
  }
  ;(holder as Record<string, unknown>)[last] = handle
}

function getOwnProperty(holder: unknown, step: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return undefined
  return (holder as Record<string, unknown>)[step]
}
