import { statSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Clock } from '../upstream/clock.ts'

/** How often the files are looked at, in milliseconds. */
const intervalMs = 1_000

/** Status of files at one time, by path. */
export type FileStatuses = ReadonlyMap<string, string>

export const readStatuses = (files: readonly string[]): FileStatuses =>
  new Map(files.map((file) => [file, readStatusSync(file)]))

/**
 * Watches files by their status. `fs.watch` follows an inode, but editors and Kubernetes replace a file, or a symbolic link
 * on the way to it, and network file systems send no events. `fs.watchFile` also looks at the status, but does not see a
 * change before its first look.
 */
export class FileWatch {
  readonly #clock: Clock
  readonly #onChange: () => void
  readonly #end = new AbortController()
  #files: readonly string[] = []
  #known = ''

  /** `onChange` is called after a change, once the files have been the same for a second: an editor can write in several steps. */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
    void this.#run()
  }

  /**
   * Watches these files, and no others any longer. A file that is missing is watched, too.
   *
   * @param before Status of files before they were read. A change since then is reported. Default: as the files are now.
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
      const found = (await Promise.all(files.map(readStatus))).join()
      // Another reload came in between.
      if (files !== this.#files) continue
      const isChanged = found !== this.#known
      this.#known = found
      if (isSettling && !isChanged) this.#onChange()
      isSettling = isChanged
    }
  }
}

const readStatus = (file: string): Promise<string> => stat(file).then(format, () => format(undefined))

function readStatusSync(file: string): string {
  try {
    return format(statSync(file))
  } catch {
    return format(undefined)
  }
}

const format = (status: Stats | undefined): string =>
  status ? [status.dev, status.ino, status.size, status.mtimeMs, status.ctimeMs].join(':') : 'missing'
