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
/** What a project that checks its types with Node's has beside Parley. */
const types = ['node_modules/@types/node', 'node_modules/undici-types']

/** Packs the project as a publisher does and installs it in a folder of its own, with what the lock has; gives the folder. */
export async function installPackage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-consumer-'))
  await execute('npm', ['pack', '--pack-destination', folder], { cwd: root })
  const [tarball] = globSync('*.tgz', { cwd: folder })
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const { '': parley, ...others } = packages
  const { devDependencies: _, ...packed } = { ...parley, resolved: `file:${tarball}` } as Locked
  const kept = Object.entries(others).filter(([path, { dev }]) => !dev || types.includes(path))
  const project = {
    name: 'consumer',
    type: 'module',
    dependencies: { [parley!['name'] as string]: packed['resolved'], '@types/node': packages[types[0]!]!.version },
  }
  const lock = {
    lockfileVersion: 3,
    packages: { '': project, [`node_modules/${parley!['name'] as string}`]: packed, ...Object.fromEntries(kept) },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
  await runNpm('ci', folder)
  return folder
}

/** Fetches the other versions of Node and TypeScript, unless they are there. */
export const installVersions = (): Promise<void> => installPackages(versions)

/** By npm's names, e.g. `node-20`; without a number this project's own. */
export const nodeOf = (name: string): string => join(placeOf(name), 'bin/node')
export const compilerOf = (name: string): string => join(placeOf(name), 'bin/tsc')

const placeOf = (name: string): string => join(name.includes('-') ? versions : root, 'node_modules', name)
