import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const createCursorSecret = (): string => randomBytes(32).toString('base64url')

/**
 * Returns the secret in the data folder, which the first of the processes that share it creates. If the file holds no
 * secret, it is replaced.
 *
 * @throws The system's error if the folder cannot be read or written.
 */
export function keepCursorSecret(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'cursor-secret')
  const kept = createIfMissing(file)
  if (kept !== null) return kept
  // All processes that find no secret put the same one there, in whatever order they come.
  const secret = createIfMissing(`${file}-spare`)
  if (secret === null) throw new Error('cursor-secret and cursor-secret-spare hold no secret; delete both')
  withDraft(file, secret, (draft) => renameSync(draft, file))
  return secret
}

/** Null if the file holds no secret: nothing is signed with an empty or a shortened one. */
function createIfMissing(file: string): string | null {
  if (!existsSync(file)) withDraft(file, createCursorSecret(), (draft) => linkIfMissing(draft, file))
  const text = readFileSync(file, 'utf8').trim()
  return /^[\w-]{43}$/.test(text) ? text : null
}

/** Another process may have been faster. */
function linkIfMissing(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The text is complete and on the disk before it gets the file's name. */
function withDraft(file: string, text: string, use: (draft: string) => void): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    use(draft)
  } finally {
    rmSync(draft, { force: true })
  }
}
