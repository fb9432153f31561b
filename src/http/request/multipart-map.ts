import { FileHandle } from '../../core/file-handle.ts'
import { createBadRequest } from '../response/http-error.ts'
import { isObject } from './request-json.ts'

/**
 * Puts a file handle at each path of the map. The values at the paths must be null.
 *
 * @returns The handles, by part name.
 * @throws `BAD_USER_INPUT`
 */
export function assignFiles(operations: unknown, map: unknown, maxFiles: number): Map<string, FileHandle> {
  if (!isObject(map)) throw createBadRequest('"map" must be an object from part names to lists with one path each.')
  const entries = Object.entries(map)
  if (entries.length > maxFiles) throw createBadRequest(`The request has too many files. The limit is ${maxFiles}.`)
  const handles = new Map<string, FileHandle>()
  for (const [part, paths] of entries) {
    const path: unknown = Array.isArray(paths) && paths.length === 1 ? paths[0] : null
    if (typeof path !== 'string') throw createBadRequest('Each file in "map" must have exactly one path.')
    const handle = new FileHandle()
    placeFile(operations, path, handle)
    handles.set(part, handle)
  }
  return handles
}

/** Follows only own properties, so that no path leads to a prototype. */
function placeFile(operations: unknown, path: string, handle: FileHandle): void {
  const steps = path.split('.')
  const last = steps.pop()
  let holder = operations
  for (const step of steps) holder = getOwnProperty(holder, step)
  if (steps[0] !== 'variables' || last === undefined || getOwnProperty(holder, last) !== null) {
    throw createBadRequest('Each path in "map" must lead to a null value in "variables".')
  }
  ;(holder as Record<string, unknown>)[last] = handle
}

function getOwnProperty(holder: unknown, step: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, step)) return undefined
  return (holder as Record<string, unknown>)[step]
}
