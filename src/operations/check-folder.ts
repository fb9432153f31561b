import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CheckResult } from '../core/check-result.ts'
import { findSecretProblem } from '../paging/cursor-secret.ts'
import { checkStore } from './check-store.ts'

/** Files of Parley that hold nothing. */
const emptyFile = /^(process-.*|operations\.sqlite-created)$/

/**
 * Tests the data folder as the server will use it: writes to it, reads the version of the operation store, and looks for
 * files that every user of the machine can read. Leaves nothing behind.
 */
export function checkDataFolder(folder: string): CheckResult {
  try {
    tryToWrite(folder)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return { isOk: false, message: `the folder cannot be written (${reason}); change its permissions, or set "data"` }
  }
  if (!existsSync(folder)) return { isOk: true, message: 'ok' }
  const store = checkStore(folder)
  const secrets = listSecrets(folder)
  const { isEnterable, isListable } = readFolderMode(folder)
  const exposed = isEnterable ? secrets.filter((name) => (readMode(join(folder, name)) & 0o004) !== 0) : []
  const problems = [store.problem, findSecretProblem(folder)].filter((problem) => problem !== null)
  if (exposed.length > 0)
    problems.push(`every user of this machine can read ${exposed.join(', ')}; run chmod 600 on each`)
  if (problems.length > 0) return { isOk: false, message: problems.join('; ') }
  const notes = store.note === null ? [] : [store.note]
  if (isListable && secrets.length > 0)
    notes.push('every user of this machine can list the folder; run chmod 700 on it')
  return { isOk: true, message: ['ok', ...notes].join('; but ') }
}

/** A folder that a test creates belongs to the user of the test, who may not be that of the server. */
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
    // A server that has started in the meantime uses it.
  }
}

/** Whatever an operator keeps in the folder, such as a backup or a key, counts as a secret. */
const listSecrets = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !emptyFile.test(entry.name))
    .map(({ name }) => name)

/** What users who neither own the folder nor are in its group can do. */
function readFolderMode(folder: string): { isEnterable: boolean; isListable: boolean } {
  const mode = readMode(folder)
  return { isEnterable: (mode & 0o001) !== 0, isListable: (mode & 0o004) !== 0 }
}

/** 0 if the file is gone: SQLite deletes its own. */
const readMode = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mode ?? 0
