import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrations } from './sqlite-schema.ts'

const name = 'operations.sqlite'
/** How long to wait for a server that writes to the database, in milliseconds. */
const busyTimeoutMs = 2_000

interface StoreCheck {
  /** Why the server cannot use the operation store. Null if it can use the store or there is none yet. */
  problem: string | null
  /** What an operator must know before the server uses the store. */
  note: string | null
}

/** Tests whether this version of Parley can use the operation store in a data folder. */
export function checkStore(folder: string): StoreCheck {
  const file = join(folder, name)
  if (!statSync(file, { throwIfNoEntry: false })?.size) return checkMissingStore(file)
  try {
    const version = readVersion(file)
    if (version > migrations.length)
      return {
        problem: `${name} is from a newer version of Parley. Install that version, or set another "data".`,
        note: null,
      }
    if (version < migrations.length)
      return {
        problem: null,
        note: `${name} is from an earlier version of Parley. Stop all processes of that version before you start this one.`,
      }
    return { problem: null, note: null }
  } catch (error) {
    return { problem: `${name} cannot be used as the operation store: ${(error as Error).message}.`, note: null }
  }
}

function checkMissingStore(file: string): StoreCheck {
  const wasUsed = existsSync(`${file}-created`)
  const note = `${name} was emptied or deleted after it was in use. Restore a backup if you have one.`
  return { problem: null, note: wasUsed ? note : null }
}

/** @throws SQLite's error, or an Error if the file is the database of another program. */
function readVersion(file: string): number {
  // If SQLite opened the database read-only, it would leave files in the folder.
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs })
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    if (tables.length > 0 && !tables.some((table) => table['name'] === 'operation'))
      throw new Error('database of another program')
    return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  } finally {
    database.close()
  }
}
