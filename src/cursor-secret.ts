import { randomBytes, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a text can be a secret that Parley has created: nothing is signed with an empty or shortened one. */
export const isCursorSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)

export const createCursorSecret = (): string => randomBytes(32).toString('base64url')

/**
 * Returns the secret in the data folder, which the first of the processes that share it creates. A file that holds no
 * secret is replaced.
 *
 * @throws The system's error if the folder cannot be written.
 */
export function keepCursorSecret(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'cursor-secret')
  for (;;) {
    const kept = readSecret(file)
    if (kept !== null) return kept
    setAside(file)
    createFile(file, createCursorSecret())
  }
}

/** Null if there is no such file, or no secret in it. */
function readSecret(file: string): string | null {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  // Secrets of 43 characters; a line end is an editor's.
  if (size < 43 || size > 45) return null
  const text = readFileSync(file, 'utf8').trim()
  return isCursorSecret(text) ? text : null
}

/** Another process may have replaced the file in the meantime: then it is put back. */
function setAside(file: string): void {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (readSecret(aside) !== null) linkIfMissing(aside, file)
  rmSync(aside, { force: true, recursive: true })
}

/** Complete and on the disk before it has its name. */
function createFile(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    linkIfMissing(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

function linkIfMissing(existing: string, file: string): void {
  try {
    linkSync(existing, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
