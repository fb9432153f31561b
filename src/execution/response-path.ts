import type { FieldPlan } from './selection-plan.ts'

/** Where a value stands in the response, as a list that begins with its last part. The fields are those of graphql's `Path`. */
export class ResponsePath {
  readonly prev: ResponsePath | undefined
  readonly key: string | number
  /** Name of the type that has the field; undefined for an item of a list. */
  readonly typename: string | undefined

  constructor(prev: ResponsePath | undefined, key: string | number, typename: string | undefined) {
    this.prev = prev
    this.key = key
    this.typename = typename
  }
}

/** `parent`: the place of the object that has the field. */
export function createPath({ responseName, parentType }: FieldPlan, parent: ResponsePath | undefined): ResponsePath {
  return new ResponsePath(parent, responseName, parentType.name)
}

/** The place of the object that has the field whose value, or an item in it, is at `path`. */
export function getParentPath(path: ResponsePath): ResponsePath | undefined {
  let place = path
  while (typeof place.key === 'number' && place.prev) place = place.prev
  return place.prev
}

export function toPathArray(path: ResponsePath | undefined): (string | number)[] {
  const keys: (string | number)[] = []
  for (let part = path; part; part = part.prev) keys.push(part.key)
  return keys.reverse()
}
