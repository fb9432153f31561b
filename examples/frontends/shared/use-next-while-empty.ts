import { useEffect, useState } from 'react'

/**
 * Requests pages until one has a row. A sorted list of a large account begins with empty pages. The list ends only if
 * `hasNextPage` is false.
 *
 * @param rows Number of rows that are shown.
 * @param loadLater Loads the next page. Null at the end of the list, or after an error.
 * @returns `isAwaited`: whether a page is being requested. `loadMore`: requests the next page; null at the end of the list.
 */
export function useNextWhileEmpty(rows: number, isBusy: boolean, loadLater: (() => void) | null) {
  /** Number of rows before the page that is being requested. Null if none is. */
  const [rowsBefore, setRowsBefore] = useState<number | null>(0)
  if (rowsBefore !== null && rows > rowsBefore) setRowsBefore(null)
  const isAwaited = rows === rowsBefore && loadLater !== null
  useEffect(() => {
    if (isAwaited && !isBusy) loadLater()
    // `loadLater` is not a dependency, because it is a new function in each rendering.
  }, [isAwaited, isBusy])
  return { isAwaited, loadMore: loadLater && (() => setRowsBefore(rows)) }
}
