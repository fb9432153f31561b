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
  if (secret === null) throw new Error(noSecret)
  withDraft(file, secret, (draft) => renameSync(draft, file))
  return secret
}

const noSecret = 'cursor-secret and cursor-secret-spare hold no secret; delete both'

/** Returns why `keepCursorSecret` fails for the files in a folder that can be written, or null. Writes nothing. */
export function findSecretProblem(folder: string): string | null {
  const file = join(folder, 'cursor-secret')
  try {
    const areUnusable = [file, `${file}-spare`].every((each) => existsSync(each) && readSecret(each) === null)
    return areUnusable ? noSecret : null
  } catch (error) {
    return `cursor-secret cannot be read (${(error as NodeJS.ErrnoException).code}); delete it, or change its permissions`
  }
}

function createIfMissing(file: string): string | null {
  if (!existsSync(file)) withDraft(file, createCursorSecret(), (draft) => linkIfMissing(draft, file))
  return readSecret(file)
}

/** Null if the file holds no secret: nothing is signed with an empty or a shortened one. */
function readSecret(file: string): string | null {
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
