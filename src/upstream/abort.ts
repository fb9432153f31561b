/** What becomes of `work`, or `reasonOf(signal.reason)` thrown where the signal aborts before; the work goes on then. */
export function leaveOnAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  reasonOf: (reason: unknown) => unknown = (reason) => reason,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(reasonOf(signal.reason))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    work.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject)
  })
}
