/** Minimum rate of a transfer: `bytes` in each `intervalMs`. */
export interface Pace {
  bytes: number
  intervalMs: number
}

export interface Transfer {
  /** Returns the number of bytes that were transferred so far. */
  getBytes(): number
  /** Whether the transfer waits for the server. Such time is not counted. */
  isWaitingForServer(): boolean
  onTooSlow(): void
}

/** A sample is not counted if the transfer waits for the server at its start or end. */
const samplesPerInterval = 10

/**
 * Calls `onTooSlow` once, when fewer than `bytes` were transferred in an interval. An interval begins when the `bytes` of the one
 * before have been transferred. Returns a function that ends the watch.
 */
export function watchPace({ bytes, intervalMs }: Pace, transfer: Transfer): () => void {
  let transferred = transfer.getBytes()
  let countedSamples = 0
  let wasWaiting = transfer.isWaitingForServer()
  const timer = setInterval(
    () => {
      const isWaiting = transfer.isWaitingForServer()
      if (!isWaiting && !wasWaiting) countedSamples++
      wasWaiting = isWaiting
      const now = transfer.getBytes()
      if (now - transferred >= bytes) {
        transferred = now
        countedSamples = 0
      }
      if (countedSamples < samplesPerInterval) return
      clearInterval(timer)
      transfer.onTooSlow()
    },
    Math.max(1, Math.round(intervalMs / samplesPerInterval)),
  )
  return () => clearInterval(timer)
}
