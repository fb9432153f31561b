import { renameSync, rmSync } from 'node:fs'

/**
 * Moves a folder to the path of another one, which is deleted. If several processes replace the same folder, that path is
 * at any time one complete folder or absent, and the last one remains.
 */
export function replaceFolder(folder: string, target: string): void {
  const replaced = `${folder}-replaced`
  for (let isReplaced = false; !isReplaced;) {
    // Between these steps, another process can place its folder. Then the next round replaces it.
    rename(target, replaced, 'ENOENT')
    isReplaced = rename(folder, target, 'ENOTEMPTY')
    rmSync(replaced, { recursive: true, force: true })
  }
}

/** Returns false if the folder cannot be renamed for the expected reason. */
function rename(from: string, to: string, expectedCode: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expectedCode) return false
    throw error
  }
}
