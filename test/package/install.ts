import { execFile } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installPackages, runNpm } from '../support/install-packages.ts'

interface Locked {
  version?: string
  dev?: boolean
  [key: string]: unknown
}

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const versions = fileURLToPath(new URL('versions', import.meta.url))
/** Packages that a project needs besides Parley to check its types with those of Node. */
const types = ['node_modules/@types/node', 'node_modules/undici-types']

/**
 * Packs the project as a publisher does, and installs it in a new folder with the locked versions. Returns the folder.
 */
export async function installPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-consumer-'))
  await execute('npm', ['pack', '--pack-destination', folder], { cwd: root })
  const [tarball] = globSync('*.tgz', { cwd: folder })
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const { '': parley, ...others } = packages
  const { devDependencies: _, ...packed } = { ...parley, resolved: `file:${tarball}` } as Locked
  const installed = Object.entries(others).filter(([path, { dev }]) => !dev || types.includes(path))
  const project = {
    name: 'consumer',
    type: 'module',
    dependencies: { [parley!['name'] as string]: packed['resolved'], '@types/node': packages[types[0]!]!.version },
  }
  const lock = {
    lockfileVersion: 3,
    packages: { '': project, [`node_modules/${parley!['name'] as string}`]: packed, ...Object.fromEntries(installed) },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
  await runNpm('ci', folder)
  return folder
}

/** Installs the other versions of Node and TypeScript unless they are installed. */
export const installVersions = (): Promise<void> => installPackages(versions)

/** Version by its name in npm, such as `node-20`. Without a number: the version of this project. */
export const nodeOf = (name: string): string => join(placeOf(name), 'bin/node')
export const compilerOf = (name: string): string => join(placeOf(name), 'bin/tsc')

const placeOf = (name: string): string => join(name.includes('-') ? versions : root, 'node_modules', name)
