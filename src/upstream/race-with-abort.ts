/**
 * Settles like `work`, or rejects if the signal aborts first. Does not cancel `work`.
 *
 * @param toError Converts the signal's reason to the error that is thrown. Default: the reason itself.
 */
export function raceWithAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  toError: (reason: unknown) => unknown = (reason) => reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const rejectOnAbort = (): void => reject(toError(signal.reason))
    if (signal.aborted) rejectOnAbort()
    signal.addEventListener('abort', rejectOnAbort, { once: true })
    work.finally(() => signal.removeEventListener('abort', rejectOnAbort)).then(resolve, reject)
  })
}
