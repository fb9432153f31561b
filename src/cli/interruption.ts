/**
 * Returns a signal that aborts on SIGINT or SIGTERM. Its reason is the exit code, 130 or 143. The second signal of the same
 * kind ends the process.
 */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController()
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => controller.abort(code))
  return controller.signal
}
