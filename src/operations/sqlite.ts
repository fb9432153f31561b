import { getCompileCacheDir } from 'node:module'
import { extname } from 'node:path'
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

export type SqlRow = Record<string, SQLOutputValue>

export interface Statement {
  sql: string
  /** Parameters by name, without the colon. */
  values: Record<string, SQLInputValue>
}

/** Statements that are executed in one transaction. */
export interface Job {
  statements: Statement[]
  writes: boolean
}

/** Sent by the thread if the file is missing or empty although it was used before. */
export type Notice = 'emptied'

/** Results of the next `count` jobs, or the failure of all of them. */
export interface JobResults {
  count: number
  results: SqlRow[][][]
  failure: unknown
}

export interface SqliteOptions {
  file: string
  /** Statements that change the schema from one version to the next. `user_version` counts the executed ones. */
  migrations: readonly string[]
  /** How long a job waits for another process, in milliseconds. */
  busyTimeoutMs: number
}

/**
 * One SQLite file in a thread of its own, so that a slow disk does not block the event loop. Every write is synced. The file is
 * opened when it is first used, and again after a failure. Jobs that arrive during a sync are executed in one transaction.
 */
export class Sqlite {
  readonly #options: SqliteOptions
  readonly #onEmptied: () => void
  #thread: WorkerState | null = null

  /** @param onEmptied Called if the file is missing or empty although it was used before. */
  constructor(options: SqliteOptions, onEmptied: () => void) {
    this.#options = options
    this.#onEmptied = onEmptied
  }

  /**
   * Executes a job and returns the rows of each statement.
   *
   * @throws The error of SQLite, the disk, or the thread. The job then had no effect, unless the thread failed.
   */
  async execute(job: Job): Promise<SqlRow[][]> {
    const { worker, pendingJobs } = (this.#thread ??= this.#start())
    const pendingJob = Promise.withResolvers<SqlRow[][]>()
    worker.postMessage(job)
    pendingJobs.push(pendingJob)
    return pendingJob.promise
  }

  /** Closes the file after the jobs that were submitted before. */
  async close(): Promise<void> {
    const worker = this.#thread?.worker
    this.#thread = null
    if (!worker) return
    const ended = new Promise((resolve) => void worker.once('exit', resolve))
    worker.postMessage(null)
    await ended
  }

  #start(): WorkerState {
    // The thread has the same extension as this file: .ts in the sources, .js in the build.
    const file = new URL(`./sqlite-thread${extname(import.meta.filename)}`, import.meta.url)
    const cache = getCompileCacheDir()
    // Without the cache, the thread loads the compiler that removes types, and keeps its 17 MB.
    const env = cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }
    const worker = new Worker(file, { workerData: this.#options, env })
    const thread: WorkerState = { worker, pendingJobs: [] }
    worker.on('message', (message: JobResults | Notice) => {
      if (message === 'emptied') return this.#onEmptied()
      const { count, results, failure } = message
      for (const [index, pendingJob] of thread.pendingJobs.splice(0, count).entries()) {
        if (failure === null) pendingJob.resolve(results[index]!)
        else pendingJob.reject(failure)
      }
    })
    worker.on('error', (error) => {
      if (this.#thread === thread) this.#thread = null
      for (const pendingJob of thread.pendingJobs.splice(0)) pendingJob.reject(error)
    })
    return thread
  }
}

interface WorkerState {
  worker: Worker
  /** In the order in which they were submitted. */
  pendingJobs: PromiseWithResolvers<SqlRow[][]>[]
}
