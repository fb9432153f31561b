import { useEffect, useState } from 'react'

/**
 * Requests pages until one brings a row. An empty page is not the end of a list: only `hasNextPage` is. An ordered list of a
 * large account begins with pages that are empty.
 *
 * @param later Loads the next page; null at the end, or after an error.
 * @returns Whether a page is awaited, and what requests one more; null at the end.
 */
export function useNextWhileEmpty(rows: number, isBusy: boolean, later: (() => void) | null) {
  /** Rows before the page that is awaited; null if none is. */
  const [rowsBefore, setRowsBefore] = useState<number | null>(0)
  if (rowsBefore !== null && rows > rowsBefore) setRowsBefore(null)
  const isAwaited = rows === rowsBefore && later !== null
  useEffect(() => {
    if (isAwaited && !isBusy) later()
    // Not when `later` changes: it is another function after each rendering.
  }, [isAwaited, isBusy])
  return { isAwaited, more: later && (() => setRowsBefore(rows)) }
}
