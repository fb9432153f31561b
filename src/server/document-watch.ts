import type { Logger } from 'pino'
import { findDocumentFiles } from '../documents/document-files.ts'
import { readDocumentSources, type DocumentSources } from '../documents/document-sources.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Clock } from '../upstream/clock.ts'
import type { CostConfiguration, WatchedList } from './watched-list.ts'

export interface DocumentWatchOptions {
  getLists(): readonly WatchedList<unknown>[]
  getConfiguration(): CostConfiguration
  log: Logger
  metrics: Pick<Metrics, 'countDocumentReload'>
  clock: Clock
}

/** Interval between two checks of the files. */
const checkIntervalMs = 5_000
/** Time for which files must be unchanged before they are read, because a program can write them in several steps. */
const settleMs = 500
/** Maximum number of times that files are checked until they have settled. Together less than a check interval. */
const maxSettleChecks = 8
/** Maximum number of problems in a line of the log. */
const maxLoggedProblems = 20

/**
 * Reads the files of lists again after a change. Files are compared by their status, because `fs.watch` does not notice
 * that a folder was replaced.
 */
export class DocumentWatch {
  readonly #options: DocumentWatchOptions
  readonly #end = new AbortController()

  constructor(options: DocumentWatchOptions) {
    this.#options = options
    void this.#run()
  }

  close(): void {
    this.#end.abort()
  }

  async #run(): Promise<void> {
    while (await this.#wait(checkIntervalMs)) await this.#check()
  }

  async #check(): Promise<void> {
    const lists = this.#options.getLists()
    const changes = await Promise.all(lists.map((list) => this.#readIfChanged(list)))
    // One after the other, so that together they do not block the event loop for longer.
    for (const change of changes) if (change && !this.#end.signal.aborted) await this.#replace(change)
  }

  /** Returns the documents of files that have changed and settled. Null if there are none. */
  async #readIfChanged(list: WatchedList<unknown>): Promise<DocumentChange | null> {
    let files = await findDocumentFiles(list.options)
    if (files.status === list.status) return null
    for (let checks = 0; checks < maxSettleChecks && (await this.#wait(settleMs)); checks++) {
      const before = files
      files = await findDocumentFiles(list.options)
      if (files.status !== before.status) continue
      const sources = await readDocumentSources(files)
      files = await findDocumentFiles(list.options)
      if (files.status === before.status) return { list, sources, status: files.status }
    }
    return null
  }

  async #replace({ list, sources, status }: DocumentChange): Promise<void> {
    const { getConfiguration, log, metrics } = this.#options
    const { content, client } = list.options
    const { count, problems, warnings } = await list.replace(sources, status, getConfiguration())
    const caller = client || undefined
    metrics.countDocumentReload(problems.length === 0 ? 'ok' : 'kept')
    if (problems.length > 0) {
      const first = problems.slice(0, maxLoggedProblems)
      return log.warn({ caller, count: problems.length, problems: first }, `${content} rejected`)
    }
    log.info({ caller, count }, `${content} reloaded`)
    logExpensiveDocuments(log, content, warnings)
  }

  /** Returns false if the watch was closed. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.#end
    await this.#options.clock.sleep(ms, signal).catch(() => {})
    return !signal.aborted
  }
}

interface DocumentChange {
  list: WatchedList<unknown>
  sources: DocumentSources
  status: string
}

/** Logs which documents are too expensive at their default page sizes, if there are some. */
export function logExpensiveDocuments(log: Logger, content: 'documents' | 'tools', warnings: readonly string[]): void {
  if (warnings.length === 0) return
  log.warn({ count: warnings.length, problems: warnings.slice(0, maxLoggedProblems) }, `${content} too expensive`)
}
