import { extname } from 'node:path'
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

export type Row = Record<string, SQLOutputValue>

export interface Statement {
  sql: string
  /** By name, without the colon. */
  values: Record<string, SQLInputValue>
}

/** Statements that are done together or not at all. */
export interface Job {
  statements: Statement[]
  writes: boolean
}

/** What became of the next `count` jobs. */
export interface Batch {
  count: number
  results: Row[][][]
  failure: unknown
}

export interface Setup {
  file: string
  schema: string
  /** How long in ms another process may keep a job waiting. */
  busyTimeout: number
}

/**
 * One SQLite file, synced at every write, in a thread of its own: a slow disk holds up those who wait for it and nobody
 * else. Opened when first needed, and anew after a failure. What is asked meanwhile is written in one go.
 */
export class Sqlite {
  readonly #setup: Setup
  #thread: Worker | null = null
  /** In the order in which they were asked. */
  #waiting: PromiseWithResolvers<Row[][]>[] = []

  constructor(setup: Setup) {
    this.#setup = setup
  }

  /** Gives the rows of each statement. Throws what SQLite, the disk or the thread says. */
  do(job: Job): Promise<Row[][]> {
    const waiting = Promise.withResolvers<Row[][]>()
    try {
      this.#thread ??= this.#start()
      this.#waiting.push(waiting)
      this.#thread.postMessage(job)
    } catch (error) {
      waiting.reject(error)
    }
    return waiting.promise
  }

  /** Ends with what was asked before. */
  async close(): Promise<void> {
    const thread = this.#thread
    this.#thread = null
    if (!thread) return
    const ended = new Promise((resolve) => void thread.once('exit', resolve))
    thread.postMessage(null)
    await ended
  }

  #start(): Worker {
    // Beside this file, whether it runs as it was written or as it was built.
    const thread = new Worker(new URL(`./sqlite-thread${extname(import.meta.filename)}`, import.meta.url), {
      workerData: this.#setup,
      env: {},
    })
    thread.on('message', ({ count, results, failure }: Batch) => {
      for (const [index, waiting] of this.#waiting.splice(0, count).entries()) {
        if (failure === null) waiting.resolve(results[index]!)
        else waiting.reject(failure)
      }
    })
    thread.on('error', (error) => {
      if (this.#thread === thread) this.#thread = null
      for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
    })
    return thread
  }
}
