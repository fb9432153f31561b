import { randomUUID } from 'node:crypto'
import { cpSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { hashSources } from '../bin/hash-sources.js'
import { formatLicenses } from './licenses.ts'
import { replaceFolder } from './replace-folder.ts'

// Builds the command: writes the modules of src that it uses, and those of packages, to few files in dist/cli. Each dynamic import
// stays a file of its own, so that a subcommand loads only its own code.
process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const threads = ['src/operations/sqlite-thread.ts', 'src/http/graphiql/bundle-thread.ts']
/** Files that modules read from their own folder. */
const assets = ['src/http/graphiql/start.js', 'src/http/graphiql/style.css', 'src/mcp/builtin']
const target = 'dist/cli'

// Before they are read, so that a change during the build makes it outdated.
const sources = hashSources('.')
const bundle = await rolldown({
  input: ['src/cli/run.ts', ...threads],
  platform: 'node',
  // The command `completion` imports a module lazily that all commands import.
  checks: { ineffectiveDynamicImport: false },
  onLog(level, { message }) {
    if (level === 'warn') throw new Error(message)
  },
})
const written = `${target}-${randomUUID()}`
const { output } = await bundle.write({
  dir: written,
  chunkFileNames: '[name]-[hash].js',
  // The texts of modules stay in memory.
  comments: { jsdoc: false },
})
for (const path of assets) cpSync(path, `${written}/${basename(path)}`, { recursive: true })
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
writeFileSync(`${written}/licenses.txt`, formatLicenses(modules))
writeFileSync(`${written}/sources.sha256`, sources ?? '')

// A process can start, or load another part of the command, during the build.
replaceFolder(written, target)
