import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A folder with files of documents, in the folder for temporary files. */
export class DocumentFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'parley-documents-'))

  /** Writes files, by path in the folder. An object is written as JSON. */
  write(files: Record<string, string | object>): void {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.path, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** An Apollo manifest with these documents, by ID. */
export const createManifest = (bodyById: Record<string, string>): object => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: Object.entries(bodyById).map(([id, body]) => ({ id, name: 'Any', type: 'query', body })),
})
