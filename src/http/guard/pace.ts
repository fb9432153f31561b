/** The slowest that a transfer may be: at least `bytes` in every `intervalMs`. */
export interface Pace {
  bytes: number
  intervalMs: number
}

export interface Transfer {
  /** Returns how many bytes were transferred so far. */
  getBytes(): number
  /** Whether the transfer waits for the server, so that its pace says nothing about the client. */
  isOurTurn(): boolean
  onTooSlow(): void
}

/** Samples in an interval: time in which the transfer waited for the server at either end of a sample is not counted. */
const samples = 10

/** Calls `onTooSlow` once a client was too slow for a whole interval. Returns a function that ends the watch. */
export function watchPace({ bytes, intervalMs }: Pace, transfer: Transfer): () => void {
  let transferred = transfer.getBytes()
  let counted = 0
  let wasOurTurn = transfer.isOurTurn()
  const timer = setInterval(
    () => {
      const isOurTurn = transfer.isOurTurn()
      if (!isOurTurn && !wasOurTurn) counted++
      wasOurTurn = isOurTurn
      if (counted < samples) return
      const now = transfer.getBytes()
      const isTooSlow = now - transferred < bytes
      transferred = now
      counted = 0
      if (!isTooSlow) return
      clearInterval(timer)
      transfer.onTooSlow()
    },
    Math.max(1, Math.round(intervalMs / samples)),
  )
  return () => clearInterval(timer)
}
