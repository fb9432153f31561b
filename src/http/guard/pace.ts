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

/** Calls `onTooSlow` once, when a client was too slow for a whole interval. Returns a function that ends the watch. */
export function watchPace({ bytes, intervalMs }: Pace, transfer: Transfer): () => void {
  let transferred = transfer.getBytes()
  let countedSamples = 0
  let wasWaiting = transfer.isWaitingForServer()
  const timer = setInterval(
    () => {
      const isWaiting = transfer.isWaitingForServer()
      if (!isWaiting && !wasWaiting) countedSamples++
      wasWaiting = isWaiting
      if (countedSamples < samplesPerInterval) return
      const now = transfer.getBytes()
      const isTooSlow = now - transferred < bytes
      transferred = now
      countedSamples = 0
      if (!isTooSlow) return
      clearInterval(timer)
      transfer.onTooSlow()
    },
    Math.max(1, Math.round(intervalMs / samplesPerInterval)),
  )
  return () => clearInterval(timer)
}
