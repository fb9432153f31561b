/** Returns a signal that aborts on SIGINT or SIGTERM. The reason is the exit code, 130 or 143. A second SIGINT ends the process. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController()
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => controller.abort(code))
  return controller.signal
}
