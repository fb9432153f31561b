import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { formatFileStatus } from '../core/file-status.ts'
import { joinNames } from '../core/join-names.ts'
import type { DocumentPath } from './document-settings.ts'

/** A file with documents. */
export interface DocumentFile extends DocumentPath {
  /** ID of its document. Null if the file has the IDs of its documents. */
  id: string | null
  sizeBytes: number
}

export interface DocumentFiles {
  /** Sorted by name within each folder. */
  files: readonly DocumentFile[]
  /** One line for each file or folder that cannot be used. */
  problems: readonly string[]
  /** Changes when a file is added, changed, removed, or replaced. */
  status: string
}

/** Which files are read. */
export interface DocumentSelection {
  from: readonly DocumentPath[]
  /** Ends of the names of files that have documents. Other files in folders are ignored. */
  types: ReadonlySet<string>
}

const manifestType = '.json'
/** Types of the files that trusted documents can be in. */
export const documentTypes: ReadonlySet<string> = new Set([manifestType, '.graphql', '.gql'])
/** Bounds the search if the configuration names a wrong folder. */
const maxEntries = 100_000
const maxFolderDepth = 32

/** Finds the files with documents, in folders with all their subfolders. Names that begin with a dot are skipped. */
export async function findDocumentFiles({ from, types }: DocumentSelection): Promise<DocumentFiles> {
  const search = new FileSearch(types)
  for (const path of from) await search.addPath(path)
  return { files: search.files, problems: search.problems, status: search.statuses.join('\n') }
}

class FileSearch {
  readonly files: DocumentFile[] = []
  readonly problems: string[] = []
  readonly statuses: string[] = []
  readonly #types: ReadonlySet<string>
  #entries = 0

  constructor(types: ReadonlySet<string>) {
    this.#types = types
  }

  /** Adds a file or folder of the configuration. */
  async addPath(path: DocumentPath): Promise<void> {
    const status = await this.#readStatus(path)
    if (!status) return
    if (status.isDirectory()) await this.#addFolder(path, '', [getIdentity(status)])
    else if (!status.isFile() || !this.#isSource(path.name))
      this.problems.push(
        `${path.name}: must be a folder, or a file whose name ends with ${joinNames(this.#types, 'or')}.`,
      )
    else this.#addFile(path, status, basename(path.name))
  }

  /**
   * @param below Path below the folder of the configuration, with a slash at the end unless it is empty.
   * @param parents Identities of the folder and of those that contain it, because a link can lead back to one of them.
   */
  async #addFolder(folder: DocumentPath, below: string, parents: readonly string[]): Promise<void> {
    const names = await readdir(folder.path).catch((error: unknown) => this.#reject(folder, error))
    for (const name of names?.toSorted() ?? []) {
      if (name.startsWith('.') || (this.#entries += 1) > maxEntries) continue
      const entry = { name: join(folder.name, name), path: join(folder.path, name) }
      const status = await this.#readStatus(entry, this.#isSource(name))
      if (status?.isFile() && this.#isSource(name)) this.#addFile(entry, status, below + name)
      if (!status?.isDirectory() || parents.includes(getIdentity(status))) continue
      if (parents.length > maxFolderDepth) this.problems.push(`${entry.name}: is nested too deeply.`)
      else await this.#addFolder(entry, `${below}${name}/`, [...parents, getIdentity(status)])
    }
    if (this.#entries > maxEntries && below === '')
      this.problems.push(
        `${folder.name}: has more than ${maxEntries} files. Set the path of a folder that has only documents.`,
      )
  }

  #addFile({ name, path }: DocumentPath, status: Stats, below: string): void {
    const type = extname(below)
    const id = type === manifestType ? null : below.slice(0, -type.length).replaceAll('/', '.')
    this.files.push({ name, path, id, sizeBytes: status.size })
    this.statuses.push(`${name} ${formatFileStatus(status)}`)
  }

  async #readStatus(path: DocumentPath, isRequired = true): Promise<Stats | null> {
    return stat(path.path).catch((error: unknown) => (isRequired ? this.#reject(path, error) : null))
  }

  #isSource(name: string): boolean {
    return this.#types.has(extname(name))
  }

  #reject({ name }: DocumentPath, error: unknown): null {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    this.problems.push(
      `${name}: cannot be read (${code}). Set the path of a file or folder that this process can read.`,
    )
    this.statuses.push(`${name} ${code}`)
    return null
  }
}

const getIdentity = ({ dev, ino }: Stats): string => `${dev}:${ino}`
