import { Kind } from 'graphql'
import type { DocumentNode, SelectionSetNode } from 'graphql'
import { Problem } from '../../core/errors.ts'

/** Number of fields of a selection set with its fragments, by response name. `...` counts the fragment spreads. */
type NameCounts = ReadonlyMap<string, number>
const spreads = '...'

/**
 * Rejects a document whose validation would take too long: validation compares the fields with the same response name, and
 * the fragments of a selection set, in pairs.
 *
 * @param limit Number of pairs.
 * @throws `OPERATION_TOO_EXPENSIVE`
 */
export function assertOverlap(document: DocumentNode, limit: number): void {
  const countNames = createNameCounter(document)
  let pairs = 0
  const count = (set: SelectionSetNode): void => {
    for (const number of countNames(set).values()) pairs += (number * (number - 1)) / 2
    if (pairs > limit) {
      const text =
        'The operation repeats fields or fragments too often. Request each field and spread each fragment once.'
      throw new Problem('OPERATION_TOO_EXPENSIVE', text)
    }
    for (const selection of set.selections)
      if ('selectionSet' in selection && selection.selectionSet) count(selection.selectionSet)
  }
  for (const definition of document.definitions) if ('selectionSet' in definition) count(definition.selectionSet)
}

/**
 * Returns a function that counts the names in a selection set. Visits each fragment once. The limit of tokens bounds
 * the recursion.
 */
function createNameCounter(document: DocumentNode): (set: SelectionSetNode) => NameCounts {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  const sets = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]))
  const countsBySet = new Map<SelectionSetNode, NameCounts>()
  const countNames = (set: SelectionSetNode): NameCounts => {
    const cached = countsBySet.get(set)
    if (cached) return cached
    const counts = new Map<string, number>()
    // A fragment that contains itself gets these counts. Validation rejects it later.
    countsBySet.set(set, counts)
    const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count)
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        add(selection.alias?.value ?? selection.name.value, 1)
        continue
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(spreads, 1)
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? sets.get(selection.name.value) : selection.selectionSet
      if (inner) for (const [name, count] of countNames(inner)) add(name, count)
    }
    return counts
  }
  return countNames
}
