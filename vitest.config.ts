import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// CONTRIBUTING.md, "Where a test belongs", describes these folders.
/** Files that start whole servers or commands. The files of all other folders are unit tests. */
const system = filesIn('acceptance', 'cli', 'docs', 'e2e', 'lifecycle')
/** Files that `npm run test:full` runs and `npm test` does not. */
const full = [...filesIn('acceptance/faults', 'deployment', 'frontends', 'package'), 'test/**/*.full.test.ts']
/** Files that need `redis-server`. `npm run test:full` runs them, too. */
const redis = filesIn('redis')

function filesIn(...folders: string[]): string[] {
  return folders.map((folder) => `test/${folder}/**/*.test.ts`)
}

function createProject(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return { extends: true, test: { name, ...test } }
}

/** Files that share modules. There are more workers than cores, because tests often wait for a process or a timer. */
const shared = { isolate: false, maxWorkers: Math.ceil(1.5 * availableParallelism()) }
/** Files that run after the others, with one worker for each core, because some of them need the time of the machine. */
const last = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } }

/** Whether property tests run another number of cases than by default. They then have no time limit. */
const isLong = process.env['PROPERTY_RUNS'] !== undefined

export default defineConfig({
  // Vite would load the ES module copy of graphql, but packages such as Pothos load the CommonJS copy. `instanceof`
  // requires that all use the same copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) }] },
  test: {
    setupFiles: ['test/support/patience.ts'],
    testTimeout: isLong ? 0 : 60_000,
    hookTimeout: 120_000,
    projects: [
      // The files of a worker share their modules, because the import of the schema takes longer than most files.
      createProject('unit', {
        include: ['test/**/*.test.ts'],
        exclude: [...system, ...full, ...redis],
        ...shared,
      }),
      createProject('system', { include: system, exclude: full, ...shared }),
      createProject('full', { include: full, globalSetup: ['test/support/unpack-browser.ts'], ...last }),
      createProject('redis', { include: redis, testTimeout: 120_000, ...last }),
    ],
  },
})
