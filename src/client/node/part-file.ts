import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'

/** What must be the same when a download continues. */
export interface FileVersion {
  /** Strong entity tag. Null if the server reports none. */
  etag: string | null
  /** In bytes. Null if it is not known. */
  sizeBytes: number | null
}

/** The part of a file that was downloaded so far: `<path>.part`, with its version in `<path>.part.json`. */
export class PartFile {
  readonly #path: string
  readonly #partPath: string
  readonly #versionPath: string

  constructor(path: string) {
    this.#path = path
    this.#partPath = `${path}.part`
    this.#versionPath = `${path}.part.json`
  }

  async countBytes(): Promise<number> {
    return (await this.read())?.sizeBytes ?? 0
  }

  /** Returns the number of bytes and their version. Null if no part can be continued. */
  async read(): Promise<{ sizeBytes: number; version: FileVersion } | null> {
    try {
      const { size } = await stat(this.#partPath)
      const version = JSON.parse(await readFile(this.#versionPath, 'utf8')) as FileVersion
      return size > 0 ? { sizeBytes: size, version } : null
    } catch {
      return null
    }
  }

  /** Opens the part to begin it, after its version is stored. */
  async begin(version: FileVersion): Promise<FileHandle> {
    // A part of another version must never have the new version beside it.
    await rm(this.#partPath, { force: true })
    await writeFile(this.#versionPath, JSON.stringify(version))
    return open(this.#partPath, 'w')
  }

  /** Opens the part to continue it. */
  continue(): Promise<FileHandle> {
    return open(this.#partPath, 'a')
  }

  async discard(): Promise<void> {
    await Promise.all([this.#partPath, this.#versionPath].map((path) => rm(path, { force: true })))
  }

  /** Gives the complete file its name. */
  async complete(): Promise<void> {
    await rename(this.#partPath, this.#path)
    await rm(this.#versionPath, { force: true })
  }
}
