import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { formatFileStatus } from '../core/file-status.ts'
import type { Clock } from '../upstream/clock.ts'

/** Interval between two reads of the files' statuses. */
const intervalMs = 1_000

/** Status of files at one time, by path. */
export type FileStatuses = ReadonlyMap<string, string>

/** Returns the status of each file. A file that is missing has a status, too. */
export const readStatuses = (files: readonly string[]): FileStatuses =>
  new Map(files.map((file) => [file, readStatusSync(file)]))

/**
 * Watches files by reading their status once a second. `fs.watch` follows an inode, but editors and Kubernetes replace a file
 * or a symbolic link in its path, and network file systems send no events. `fs.watchFile` also reads the status, but misses
 * a change before its first read.
 */
export class FileWatch {
  readonly #clock: Clock
  readonly #onChange: () => void
  readonly #end = new AbortController()
  #files: readonly string[] = []
  #known = ''

  /**
   * @param onChange Called after a change, when the files have been unchanged for one interval, because an editor can write
   * a file in several steps.
   */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
    void this.#run()
  }

  /**
   * Watches these files instead of the earlier ones. A file that is missing is watched, too.
   *
   * @param before Statuses of the files before they were read. A change since then is reported. Default: the current status.
   */
  watch(files: readonly string[], before: FileStatuses = new Map()): void {
    this.#files = files
    this.#known = files.map((file) => before.get(file) ?? readStatusSync(file)).join()
  }

  close(): void {
    this.#end.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#end
    let isSettling = false
    for (;;) {
      await this.#clock.sleep(intervalMs, signal).catch(() => {})
      if (signal.aborted) return
      const files = this.#files
      const current = (await Promise.all(files.map(readStatus))).join()
      // `watch` was called while the statuses were read.
      if (files !== this.#files) continue
      const isChanged = current !== this.#known
      this.#known = current
      if (isSettling && !isChanged) this.#onChange()
      isSettling = isChanged
    }
  }
}

const readStatus = (file: string): Promise<string> =>
  stat(file).then(formatFileStatus, () => formatFileStatus(undefined))

function readStatusSync(file: string): string {
  try {
    return formatFileStatus(statSync(file))
  } catch {
    return formatFileStatus(undefined)
  }
}
