import type { Logger } from 'pino'
import { ConfigurationError } from '../core/configuration-error.ts'
import type { Configuration } from '../config/configuration.ts'
import { logExpensiveDocuments } from './document-watch.ts'
import { OpenDocuments, type LoadedDocuments } from './open-documents.ts'
import { OpenTools, type LoadedTools } from './open-tools.ts'
import type { WatchedList } from './watched-list.ts'

export interface LoadedLists {
  documents: LoadedDocuments
  tools: LoadedTools
}

/** The lists that are read from files: the trusted documents, and the tools. */
export class OpenLists {
  readonly documents = new OpenDocuments()
  readonly tools = new OpenTools()

  get all(): readonly WatchedList<unknown>[] {
    return [...this.documents.lists, ...this.tools.lists]
  }

  /**
   * Loads the lists of a configuration.
   *
   * @throws ConfigurationError with the problems of all lists. Then nothing has changed.
   */
  async load(configuration: Configuration): Promise<LoadedLists> {
    const loads = [this.documents.load(configuration), this.tools.load(configuration)] as const
    const errors = (await Promise.allSettled(loads)).flatMap((result) =>
      result.status === 'rejected' ? [toConfigurationError(result.reason)] : [],
    )
    if (errors.length > 0)
      throw new ConfigurationError(
        errors.flatMap(({ problems }) => problems),
        errors.flatMap(({ files }) => files),
      )
    return { documents: await loads[0], tools: await loads[1] }
  }

  apply({ documents, tools }: LoadedLists, log: Logger): void {
    this.documents.apply(documents)
    this.tools.apply(tools)
    logExpensiveDocuments(log, 'documents', documents.warnings)
    logExpensiveDocuments(log, 'tools', tools.warnings)
  }
}

function toConfigurationError(error: unknown): ConfigurationError {
  if (error instanceof ConfigurationError) return error
  throw error
}
