import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CheckResult } from '../core/check-result.ts'
import { findSecretProblem } from '../paging/cursor-secret.ts'
import { checkStore } from './check-store.ts'

/** Names of Parley's files without content. */
const emptyFile = /^(process-.*|operations\.sqlite-created)$/

/**
 * Tests the data folder: writes a file, reads the version of the operation store, and searches for files that every user of
 * the machine can read. Removes everything that it creates.
 */
export function checkDataFolder(folder: string): CheckResult {
  try {
    tryToWrite(folder)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return { isOk: false, message: `the folder cannot be written (${reason}). Change its permissions, or set "data".` }
  }
  if (!existsSync(folder)) return { isOk: true, message: 'ok' }
  const store = checkStore(folder)
  const secrets = listSecrets(folder)
  const { isEnterable, isListable } = readFolderMode(folder)
  const exposed = isEnterable ? secrets.filter((name) => (readMode(join(folder, name)) & 0o004) !== 0) : []
  const problems = [store.problem, findSecretProblem(folder)].filter((problem) => problem !== null)
  if (exposed.length > 0)
    problems.push(`every user of this machine can read ${exposed.join(', ')}. Run chmod 600 on each.`)
  if (problems.length > 0) return { isOk: false, message: problems.join(' ') }
  const notes = store.note === null ? [] : [store.note]
  if (isListable && secrets.length > 0)
    notes.push('every user of this machine can list the folder. Run chmod 700 on it.')
  return { isOk: true, message: notes.length > 0 ? `ok; but ${notes.join(' ')}` : 'ok' }
}

/** Removes the folders that it creates, because they would belong to the user of the test instead of the server's user. */
function tryToWrite(folder: string): void {
  const firstCreated = mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `.check-${randomUUID()}`)
  try {
    writeFileSync(file, 'test', { mode: 0o600, flush: true })
  } finally {
    rmSync(file, { force: true })
    if (firstCreated !== undefined) removeEmptyFolders(folder, firstCreated)
  }
}

function removeEmptyFolders(from: string, upTo: string): void {
  try {
    for (let folder = from; folder.startsWith(upTo); folder = dirname(folder)) rmdirSync(folder)
  } catch {
    // A server that has started in the meantime uses the folder.
  }
}

/** Returns the names of all files with content, because an operator can keep backups and keys in the folder. */
const listSecrets = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !emptyFile.test(entry.name))
    .map(({ name }) => name)

/** Returns what users can do who do not own the folder and are not in its group. */
function readFolderMode(folder: string): { isEnterable: boolean; isListable: boolean } {
  const mode = readMode(folder)
  return { isEnterable: (mode & 0o001) !== 0, isListable: (mode & 0o004) !== 0 }
}

/** Returns 0 if the file was deleted, as SQLite does with its temporary files. */
const readMode = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mode ?? 0
