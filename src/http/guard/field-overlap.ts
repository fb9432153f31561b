import { Kind } from 'graphql'
import type { DocumentNode, SelectionSetNode } from 'graphql'
import { Problem } from '../../core/errors.ts'

/** How often a selection set names each field, its fragments written out; `...` counts the fragments. */
type Names = ReadonlyMap<string, number>
const spreads = '...'

/** Validation compares fields of one name, and fragments of one set, pair by pair: throws where the pairs pass the limit. */
export function assertOverlap(document: DocumentNode, limit: number): void {
  const namesOf = createNameCounter(document)
  let pairs = 0
  const count = (set: SelectionSetNode): void => {
    for (const names of namesOf(set).values()) pairs += (names * (names - 1)) / 2
    if (pairs > limit) {
      const text = 'The operation repeats its fields or fragments too often; write each of them once.'
      throw new Problem('OPERATION_TOO_EXPENSIVE', text)
    }
    for (const selection of set.selections)
      if ('selectionSet' in selection && selection.selectionSet) count(selection.selectionSet)
  }
  for (const definition of document.definitions) if ('selectionSet' in definition) count(definition.selectionSet)
}

/** Looks into each fragment once; the token limit bounds the recursion. */
function createNameCounter(document: DocumentNode): (set: SelectionSetNode) => Names {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  const sets = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]))
  const known = new Map<SelectionSetNode, Names>()
  const namesOf = (set: SelectionSetNode): Names => {
    const counted = known.get(set)
    if (counted) return counted
    const names = new Map<string, number>()
    // A fragment that spreads itself meets this; validation refuses it.
    known.set(set, names)
    const add = (name: string, count: number) => names.set(name, (names.get(name) ?? 0) + count)
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        add(selection.alias?.value ?? selection.name.value, 1)
        continue
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(spreads, 1)
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? sets.get(selection.name.value) : selection.selectionSet
      if (inner) for (const [name, count] of namesOf(inner)) add(name, count)
    }
    return names
  }
  return namesOf
}
