import { getCompileCacheDir } from 'node:module'
import { extname } from 'node:path'
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

export type SqlRow = Record<string, SQLOutputValue>

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

/** The file was in use before and holds nothing now. */
export type Notice = 'emptied'

/** What became of the next `count` jobs. */
export interface JobResults {
  count: number
  results: SqlRow[][][]
  failure: unknown
}

export interface SqliteOptions {
  file: string
  /** Statements that bring the schema from one version to the next; `user_version` counts those that were executed. */
  migrations: readonly string[]
  /** How long in ms another process may keep a job waiting. */
  busyTimeout: number
}

/**
 * One SQLite file, synced at every write, in a thread of its own: a slow disk holds up those who wait for it and nobody
 * else. Opened when first needed, and anew after a failure. What is asked meanwhile is written in one go.
 */
export class Sqlite {
  readonly #setup: SqliteOptions
  readonly #onEmptied: () => void
  #thread: WorkerState | null = null

  /** `onEmptied`: called when the file turns out to be missing or empty although it was in use before. */
  constructor(setup: SqliteOptions, onEmptied: () => void) {
    this.#setup = setup
    this.#onEmptied = onEmptied
  }

  /** Gives the rows of each statement. Throws what SQLite, the disk or the thread says. */
  async execute(job: Job): Promise<SqlRow[][]> {
    const { worker, waiting } = (this.#thread ??= this.#start())
    const answer = Promise.withResolvers<SqlRow[][]>()
    worker.postMessage(job)
    waiting.push(answer)
    return answer.promise
  }

  /** Ends with what was asked before. */
  async close(): Promise<void> {
    const worker = this.#thread?.worker
    this.#thread = null
    if (!worker) return
    const ended = new Promise((resolve) => void worker.once('exit', resolve))
    worker.postMessage(null)
    await ended
  }

  #start(): WorkerState {
    // Beside this file, whether it runs as it was written or as it was built.
    const file = new URL(`./sqlite-thread${extname(import.meta.filename)}`, import.meta.url)
    const cache = getCompileCacheDir()
    // Without the cache, the thread loads the compiler that removes types, and keeps its 17 MB.
    const env = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }
    const worker = new Worker(file, { workerData: this.#setup, env })
    const thread: WorkerState = { worker, waiting: [] }
    worker.on('message', (message: JobResults | Notice) => {
      if (message === 'emptied') return this.#onEmptied()
      const { count, results, failure } = message
      for (const [index, answer] of thread.waiting.splice(0, count).entries()) {
        if (failure === null) answer.resolve(results[index]!)
        else answer.reject(failure)
      }
    })
    worker.on('error', (error) => {
      if (this.#thread === thread) this.#thread = null
      for (const answer of thread.waiting.splice(0)) answer.reject(error)
    })
    return thread
  }
}

interface WorkerState {
  worker: Worker
  /** In the order in which they were asked. */
  waiting: PromiseWithResolvers<SqlRow[][]>[]
}
