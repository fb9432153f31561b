import { ConfigurationError } from '../core/configuration-error.ts'
import type { Configuration } from '../config/configuration.ts'
import { FileWatch, readStatuses, type FileStatuses } from '../config/watch-files.ts'
import type { Telemetry } from '../telemetry/observers.ts'
import type { Server } from '../server/server.ts'
import { systemClock, type Clock } from '../upstream/clock.ts'

export interface ReloaderOptions {
  /** Reads the configuration again. Returns null if nothing is configured. @throws ConfigurationError if it is invalid. */
  load(): Configuration | null
  reload: Server['reload']
  observers: Pick<Telemetry, 'log' | 'metrics'>
  clock?: Clock
}

/** Reloads the configuration on request and after a change of its files. An invalid configuration has no effect. */
export class Reloader {
  readonly #options: ReloaderOptions
  readonly #watch: FileWatch
  /** Ends when the last reload has ended. */
  #last: Promise<void> = Promise.resolve()
  /** Files of the configuration in use. */
  #files: readonly string[] = []

  constructor(options: ReloaderOptions) {
    this.#options = options
    this.#watch = new FileWatch(options.clock ?? systemClock, () => void this.reload('file'))
  }

  /** @param before Statuses of the files before they were read. */
  watch({ files }: Pick<Configuration, 'files'>, before: FileStatuses): void {
    this.#files = files
    this.#watch.watch(files, before)
  }

  /** Logs an error instead of throwing it. Reloads run one after the other. `trigger` is the name of a signal, or `file`. */
  reload(trigger: string): Promise<void> {
    this.#last = this.#last.then(() => this.#reload(trigger))
    return this.#last
  }

  async #reload(trigger: string): Promise<void> {
    const { load, reload, observers } = this.#options
    const { log, metrics } = observers
    const before = readStatuses(this.#files)
    try {
      const configuration = load()
      if (!configuration) throw new ConfigurationError(['accounts: is required. Configure at least one account.'])
      const { isChanged, restart, accounts, callers, limits, documents, tools, cache } = await reload(configuration)
      this.watch(configuration, before)
      metrics.countReload(isChanged ? 'applied' : 'unchanged')
      log.info(
        { trigger, ...accounts, callers, limits, documents, tools, cache },
        isChanged ? 'configuration reloaded' : 'configuration unchanged',
      )
      if (restart.length > 0) log.warn({ settings: restart }, 'settings need a restart')
    } catch (error) {
      // The files of the rejected configuration are watched, too, because a change of one of them can fix it.
      const rejectedFiles = error instanceof ConfigurationError ? error.files : []
      this.#watch.watch([...new Set([...this.#files, ...rejectedFiles])], before)
      metrics.countReload('rejected')
      const reason = error instanceof ConfigurationError ? { problems: error.problems } : { err: error }
      log.error({ trigger, ...reason }, 'configuration rejected')
    }
  }

  close(): void {
    this.#watch.close()
  }
}
