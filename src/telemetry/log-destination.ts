import { write, writeSync } from 'node:fs'

const stderr = 2

/** Maximum length of the lines that wait for a slow reader of stderr. Further lines are dropped. */
const maxWaitingLength = 4 * 1024 * 1024

/**
 * Lines are written in batches of 12 KiB, or every 50 ms, because writing each line would take longer than formatting
 * it.
 */
const batchLength = 12 * 1024
const flushIntervalMs = 50

/** A reader that has time empties a pipe of 64 KiB in a few milliseconds. */
const busyRetryMs = 10

/** Readers that have gone and full disks rarely come back, so that a retry must cost little. */
const failureRetryMs = 1_000

/** How long the end of the process can be late because the reader of stderr is slow. */
const maxFlushMs = 500

const nothing = Buffer.alloc(0)
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes the lines of the log to stderr. Neither a slow reader nor a failure stops the process: lines that must wait too
 * long, or that arrive while stderr cannot be written, are dropped.
 */
export class LogDestination {
  readonly #onDrop: () => void
  /** Part of the current batch that is not written. Its write is in progress, or the timer starts it again. */
  #batch: Buffer = nothing
  /** Lines after the current batch. */
  #lines = ''
  #isWriting = false
  #isFailing = false
  #timer: NodeJS.Timeout | undefined

  /** @param onDrop Called for every line that is dropped. */
  constructor(onDrop: () => void) {
    this.#onDrop = onDrop
    // With this object, Node makes a pipe non-blocking. If a full pipe blocked a thread, the process could not end.
    void process.stderr
    process.on('exit', () => this.flushSync())
  }

  write(line: string): void {
    if (this.#isFailing || this.#batch.length + this.#lines.length + line.length > maxWaitingLength)
      return this.#onDrop()
    this.#lines += line
    if (this.#batch.length > 0) return
    if (this.#lines.length < batchLength) this.#schedule(flushIntervalMs)
    else this.#writeBatch()
  }

  /** Writes the lines before the process continues or ends, if the reader reads them within 500 ms. */
  flushSync(): void {
    // Another thread completes a write in progress, even if the process ends.
    let rest = Buffer.concat([this.#isWriting ? nothing : this.#batch, Buffer.from(this.#lines)])
    this.#lines = ''
    const endsAt = performance.now() + maxFlushMs
    while (rest.length > 0 && !this.#isFailing) {
      try {
        rest = rest.subarray(writeSync(stderr, rest))
      } catch (error) {
        this.#isFailing = !isReaderBusy(error) || performance.now() > endsAt
        if (!this.#isFailing) Atomics.wait(sleeper, 0, 0, busyRetryMs)
      }
    }
    if (this.#isWriting) return
    this.#batch = rest
    if (rest.length > 0) this.#schedule(failureRetryMs)
  }

  #schedule(delayMs: number): void {
    if (this.#timer) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (!this.#isWriting) this.#writeBatch()
    }, delayMs).unref()
  }

  #writeBatch(): void {
    if (this.#batch.length === 0) {
      this.#batch = Buffer.from(this.#lines)
      this.#lines = ''
    }
    if (this.#batch.length === 0) return
    this.#isWriting = true
    write(stderr, this.#batch, (error, writtenBytes) => {
      this.#isWriting = false
      this.#isFailing = error !== null && !isReaderBusy(error)
      if (error) return this.#schedule(this.#isFailing ? failureRetryMs : busyRetryMs)
      this.#batch = this.#batch.subarray(writtenBytes)
      if (this.#batch.length > 0 || this.#lines.length >= batchLength) this.#writeBatch()
      else if (this.#lines.length > 0) this.#schedule(flushIntervalMs)
    })
  }
}

function isReaderBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN'
}
