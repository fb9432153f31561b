import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync } from 'node:fs'

const inputs = ['package.json', 'package-lock.json', 'scripts', 'src']

/**
 * Returns a hash of the paths, sizes, and modification times of the files from which the command is built. This takes a few
 * milliseconds, and `bin/parley.js` does it at each start.
 *
 * @param {string} root Folder of the checkout or package.
 * @returns {string | null} Null if there are no sources, as in the package.
 */
export function hashSources(root) {
  if (!existsSync(`${root}/src/cli/run.ts`)) return null
  const paths = [...inputs]
  const files = []
  for (const path of paths) {
    const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false })
    if (stats?.isDirectory()) for (const name of readdirSync(`${root}/${path}`)) paths.push(`${path}/${name}`)
    else files.push(`${path} ${stats?.size} ${stats?.mtimeMs}`)
  }
  return createHash('sha256').update(files.sort().join('\n')).digest('hex')
}
