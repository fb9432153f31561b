/** What becomes of `work`, or `reasonOf(signal.reason)` thrown where the signal aborts before; the work goes on then. */
export function raceWithAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  reasonOf: (reason: unknown) => unknown = (reason) => reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const rejectOnAbort = (): void => reject(reasonOf(signal.reason))
    if (signal.aborted) rejectOnAbort()
    signal.addEventListener('abort', rejectOnAbort, { once: true })
    work.finally(() => signal.removeEventListener('abort', rejectOnAbort)).then(resolve, reject)
  })
}
