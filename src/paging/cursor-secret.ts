import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Returns a random secret of 43 characters (256 bits in base64url). */
export const createCursorSecret = (): string => randomBytes(32).toString('base64url')

/**
 * Returns the secret in the data folder. The first process creates it. If the file does not contain a secret, it is replaced.
 *
 * @throws The system's error if the folder cannot be read or written.
 */
export function keepCursorSecret(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'cursor-secret')
  const stored = createIfMissing(file)
  if (stored !== null) return stored
  // All processes that find no secret store the same one, in any order.
  const secret = createIfMissing(`${file}-spare`)
  if (secret === null) throw new Error(noSecretMessage)
  withDraft(file, secret, (draft) => renameSync(draft, file))
  return secret
}

const noSecretMessage = 'cursor-secret and cursor-secret-spare do not contain a secret. Delete both.'

/** Returns why `keepCursorSecret` would fail in a folder that can be written, or null. Does not write. */
export function findSecretProblem(folder: string): string | null {
  const file = join(folder, 'cursor-secret')
  try {
    const areUnusable = [file, `${file}-spare`].every((path) => existsSync(path) && readSecret(path) === null)
    return areUnusable ? noSecretMessage : null
  } catch (error) {
    return `cursor-secret cannot be read (${(error as NodeJS.ErrnoException).code}). Delete it, or change its permissions.`
  }
}

function createIfMissing(file: string): string | null {
  if (!existsSync(file)) withDraft(file, createCursorSecret(), (draft) => linkIfMissing(draft, file))
  return readSecret(file)
}

/** Returns null if the file does not contain a whole secret, so that nothing is signed with an empty or a truncated one. */
function readSecret(file: string): string | null {
  const text = readFileSync(file, 'utf8').trim()
  return /^[\w-]{43}$/.test(text) ? text : null
}

/** Keeps the file if another process has created it in the meantime. */
function linkIfMissing(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Passes the path of a temporary file with the text to `use`. The text is on the disk before the file gets its final name. */
function withDraft(file: string, text: string, use: (draft: string) => void): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    use(draft)
  } finally {
    rmSync(draft, { force: true })
  }
}
