/** Returns ` Did you mean "NAME"?`, or nothing if no name is similar. */
export function formatSuggestion(typed: string, names: readonly string[]): string {
  const maxDistance = Math.max(1, Math.floor(typed.replace(/^-+/, '').length / 3))
  const [closest] = names
    .map((name) => ({ name, distance: computeDistance(typed, name) }))
    .filter(({ distance }) => distance <= maxDistance)
    .toSorted((left, right) => left.distance - right.distance)
  return closest ? ` Did you mean "${closest.name}"?` : ''
}

/** Computes the number of insertions, deletions, replacements, and swaps of neighbors (optimal string alignment distance). */
export function computeDistance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isEqual = left[row - 1] === right[column - 1]
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          current[column - 1]! + 1,
          rows[row - 1]![column - 1]! + (isEqual ? 0 : 1),
          isSwapped ? rows[row - 2]![column - 2]! + 1 : Infinity,
        ),
      )
    }
    rows.push(current)
  }
  return rows[left.length]![right.length]!
}
