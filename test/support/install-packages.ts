import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const maxWaitMs = 900_000
const pauseMs = 200

/**
 * Installs the packages of a folder with its own package.json and package-lock.json, unless they are installed.
 *
 * @returns False if they cannot be installed, such as without a network. The reason is then printed.
 */
export async function hasPackages(folder: string): Promise<boolean> {
  try {
    await installPackages(folder)
    return true
  } catch (error) {
    console.warn(`Tests are skipped, because the packages of ${folder} cannot be installed: ${String(error)}`)
    return false
  }
}

/** Installs the packages of a folder, unless they are installed. Several test files can need the same folder. */
export async function installPackages(folder: string): Promise<void> {
  if (isInstalled(folder)) return
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  // The lock ends with its process.
  const lock = new DatabaseSync(join(tmpdir(), `parley-install-${name}.db`))
  try {
    await waitForLock(lock)
    if (!isInstalled(folder)) await runNpm('install', folder)
  } finally {
    lock.close()
  }
}

export async function runNpm(command: 'ci' | 'install', folder: string): Promise<void> {
  const options = ['--prefer-offline', '--no-audit', '--no-fund']
  // By default, npm waits for more than a minute if there is no network.
  const waits = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=3000']
  await execute('npm', [command, ...options, ...waits], { cwd: folder })
}

/** Whether npm has finished an installation since the lock file was changed. */
function isInstalled(folder: string): boolean {
  const installed = statSync(join(folder, 'node_modules/.package-lock.json'), { throwIfNoEntry: false })
  return installed !== undefined && installed.mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs
}

async function waitForLock(lock: DatabaseSync): Promise<void> {
  for (const end = Date.now() + maxWaitMs; ;) {
    try {
      return lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      if (Date.now() > end) throw error
      await setTimeout(pauseMs)
    }
  }
}
