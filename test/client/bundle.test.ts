import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'

test('bundles for a browser without a warning and without a module of Node', async () => {
  const warnings: string[] = []
  const results = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('../../src/client/index.ts', import.meta.url)), formats: ['es'] },
      rolldownOptions: { onLog: (_level, { message }) => void warnings.push(message) },
    },
  })
  const [result] = [results].flat() as Rolldown.RolldownOutput[]
  expect(warnings).toEqual([])
  expect(result!.output).toHaveLength(1)
  const [{ code, imports }] = result!.output
  expect(imports).toEqual([])
  expect(code).toContain('function createClient')
  // The module with which Vite replaces a module of Node.
  expect(code).not.toContain('browser-external')
})
