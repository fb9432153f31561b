import type { Logger } from 'pino'
import type { Configuration } from '../config/configuration.ts'
import { findDocumentFiles } from '../documents/document-files.ts'
import { readDocumentSources, type DocumentSources } from '../documents/document-sources.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Clock } from '../upstream/clock.ts'
import type { OpenDocuments, OpenPolicy } from './open-documents.ts'

export interface DocumentWatchOptions {
  documents: OpenDocuments
  getConfiguration(): Pick<Configuration, 'accounts' | 'limits'>
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
 * Reads the files of trusted documents again after a change. A list is replaced as a whole, or not at all if there is an
 * error. Files are compared by their status, because `fs.watch` does not notice that a folder was replaced.
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
    const { documents } = this.#options
    const changes = await Promise.all(documents.policies.map((policy) => this.#readIfChanged(policy)))
    // One after the other, so that together they do not block the event loop for longer.
    for (const change of changes) if (change && !this.#end.signal.aborted) await this.#replace(change)
  }

  /** Returns the documents of files that have changed and settled. Null if there are none. */
  async #readIfChanged(policy: OpenPolicy): Promise<DocumentChange | null> {
    let files = await findDocumentFiles(policy.from)
    if (files.status === policy.status) return null
    for (let checks = 0; checks < maxSettleChecks && (await this.#wait(settleMs)); checks++) {
      const before = files
      files = await findDocumentFiles(policy.from)
      if (files.status !== before.status) continue
      const sources = await readDocumentSources(files)
      files = await findDocumentFiles(policy.from)
      if (files.status === before.status) return { policy, sources, status: files.status }
    }
    return null
  }

  async #replace({ policy, sources, status }: DocumentChange): Promise<void> {
    const { documents, getConfiguration, log, metrics } = this.#options
    const built = await documents.build(sources.documents, getConfiguration())
    const caller = policy.client || undefined
    const problems = [...sources.problems, ...built.problems]
    policy.status = status
    metrics.countDocumentReload(problems.length === 0 ? 'ok' : 'kept')
    if (problems.length > 0) {
      const count = problems.length
      return log.warn({ caller, count, problems: problems.slice(0, maxLoggedProblems) }, 'documents rejected')
    }
    policy.list = built.list
    log.info({ caller, count: built.list.documents.length }, 'documents reloaded')
    if (built.warnings.length > 0) logExpensiveDocuments(log, built.warnings)
  }

  /** Returns false if the watch was closed. */
  async #wait(ms: number): Promise<boolean> {
    const { signal } = this.#end
    await this.#options.clock.sleep(ms, signal).catch(() => {})
    return !signal.aborted
  }
}

interface DocumentChange {
  policy: OpenPolicy
  sources: DocumentSources
  status: string
}

export function logExpensiveDocuments(log: Logger, warnings: readonly string[]): void {
  log.warn({ count: warnings.length, problems: warnings.slice(0, maxLoggedProblems) }, 'documents too expensive')
}
