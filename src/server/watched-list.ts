import type { Configuration } from '../config/configuration.ts'
import { findDocumentFiles, type DocumentSelection } from '../documents/document-files.ts'
import { readDocumentSources, type DocumentSources, type ListedDocument } from '../documents/document-sources.ts'

/** Part of the configuration on which the cost of documents depends. */
export type CostConfiguration = Pick<Configuration, 'accounts' | 'limits'>

/** What was built of the documents in files. */
export interface BuiltValue<Value> {
  value: Value
  /** Number of documents. */
  count: number
  /** One line for each error. If there are some, the value must not be used. */
  problems: readonly string[]
  /** One line for each new document that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

export interface WatchedListOptions<Value> extends DocumentSelection {
  /** What the files have, as the first word of log messages. */
  content: 'documents' | 'tools'
  /** Name of the API client that has the list. Empty if the list is not of one. */
  client: string
  /** Value until files are read. */
  initial: Value
  build(documents: readonly ListedDocument[], configuration: CostConfiguration): Promise<BuiltValue<Value>>
}

/** A value that is built of the documents in files. It is replaced as a whole, or not at all if there is an error. */
export class WatchedList<Value> {
  readonly options: WatchedListOptions<Value>
  #value: Value
  #status = ''

  constructor(options: WatchedListOptions<Value>) {
    this.options = options
    this.#value = options.initial
  }

  get value(): Value {
    return this.#value
  }

  /** Status of the files that were read last, also if they had errors. */
  get status(): string {
    return this.#status
  }

  /** Reads the files, and replaces the value. */
  async load(configuration: CostConfiguration): Promise<BuiltValue<Value>> {
    const files = await findDocumentFiles(this.options)
    return this.replace(await readDocumentSources(files), files.status, configuration)
  }

  /**
   * Replaces the value if there are no errors.
   *
   * @param status Status of the files from which the documents were read.
   */
  async replace(
    { documents, problems }: DocumentSources,
    status: string,
    configuration: CostConfiguration,
  ): Promise<BuiltValue<Value>> {
    const built = await this.options.build(documents, configuration)
    const all = { ...built, problems: [...problems, ...built.problems] }
    this.#status = status
    if (all.problems.length === 0) this.#value = built.value
    return all
  }
}
