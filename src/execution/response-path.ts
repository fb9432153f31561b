import type { FieldPlan } from './selection-plan.ts'

/**
 * Path of a value in the response, as a linked list from its last part to its first. Has the members of `Path` of
 * GraphQL.js.
 */
export class ResponsePath {
  readonly prev: ResponsePath | undefined
  readonly key: string | number
  /** Name of the type that has the field. Undefined for an item of a list. */
  readonly typename: string | undefined

  constructor(prev: ResponsePath | undefined, key: string | number, typename: string | undefined) {
    this.prev = prev
    this.key = key
    this.typename = typename
  }
}

/**
 * Creates the path of a field.
 *
 * @param parent Path of the object that has the field.
 */
export function createPath({ responseName, parentType }: FieldPlan, parent: ResponsePath | undefined): ResponsePath {
  return new ResponsePath(parent, responseName, parentType.name)
}

/** Returns the path of the object that has the field. `path` is that of the value of the field, or of an item in it. */
export function getParentPath(path: ResponsePath): ResponsePath | undefined {
  let part = path
  while (typeof part.key === 'number' && part.prev) part = part.prev
  return part.prev
}

/** Converts a path to a list of keys, from the first to the last. */
export function toPathArray(path: ResponsePath | undefined): (string | number)[] {
  const keys: (string | number)[] = []
  for (let part = path; part; part = part.prev) keys.push(part.key)
  return keys.reverse()
}
