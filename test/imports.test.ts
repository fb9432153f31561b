import { expect, test } from 'vitest'
import { findCycles, findReachableFiles, parseImports, readImportGraph } from './support/import-graph.ts'

/**
 * Parts of the server below `src`, from the bottom to the top: files import files of their own part and of the layers
 * before it. `*` stands for a folder: each one is a part of its own. A file belongs to the first part that its path
 * begins with.
 */
const layers: readonly (readonly string[])[] = [
  ['core/'],
  ['upstream/'],
  ['vendors/vendor-events.ts'],
  ['vendors/vendor-objects.ts'],
  ['vendors/vendor-lists.ts'],
  ['vendors/vendor-inputs.ts'],
  ['vendors/vendor.ts'],
  ['vendors/kit/'],
  ['vendors/definition.ts'],
  ['vendors/*/'],
  ['vendors/accounts.ts', 'vendors/index.ts'],
  ['paging/'],
  ['operations/'],
  ['events/'],
  ['redis/'],
  ['documents/'],
  ['auth/'],
  ['schema/'],
  ['federation/'],
  ['execution/'],
  ['http/'],
  ['mcp/'],
  ['config/'],
  ['telemetry/'],
  ['server/'],
  ['cli/'],
  ['main.ts'],
]

/** Packages of their own: their files import nothing else of `src`, and only the CLI imports them. */
const packages = new Set(['client/', 'sandboxes/'])
const packageUsers = new Set(['cli/'])

/** Classes and functions that call each other for nested values, whatever their files. */
const allowedCycles = [
  ['src/execution/complete-value.ts', 'src/execution/execute-fields.ts'],
  ['src/execution/operation-plan.ts', 'src/execution/selection-plan.ts'],
]

interface Place {
  layer: number
  part: string
}

function findPlace(file: string): Place {
  for (const [layer, parts] of [[...packages], ...layers].entries()) {
    for (const part of parts) {
      const pattern = part.replaceAll('.', '\\.').replace('*', '[^/]+')
      const match = new RegExp(`^src/(${pattern})`).exec(file)
      if (match) return { layer, part: match[1]! }
    }
  }
  throw new Error(`${file} belongs to no layer. Add its folder to "layers".`)
}

function isAllowed(from: Place, to: Place): boolean {
  if (from.part === to.part) return true
  if (packages.has(from.part)) return false
  if (packages.has(to.part)) return packageUsers.has(from.part)
  return to.layer < from.layer
}

const graph = readImportGraph()

test('imports in one direction in the server, and nothing of the server in its packages', () => {
  const wrong = [...graph].flatMap(([file, imports]) =>
    imports
      .filter(({ to }) => to.startsWith('src/') && !isAllowed(findPlace(file), findPlace(to)))
      .map(({ to }) => `${file} → ${to}`),
  )
  expect(wrong).toEqual([])
})

test('has no cycles of imports', () => {
  const cycles = findCycles(graph).map((files) => files.join(' ↔ '))
  expect(cycles.toSorted()).toEqual(allowedCycles.map((files) => files.join(' ↔ ')))
})

test('the server loads the library of MCP only when it opens /mcp', () => {
  const loaded = findReachableFiles(graph, 'src/server/server.ts')
  expect(loaded).toContain('src/mcp/mcp-endpoint.ts')
  expect(loaded).not.toContain('@modelcontextprotocol/server')
})

test('finds every kind of import', () => {
  const source = [
    "import type { A } from './a.ts'",
    "import {\n  b,\n} from '../b.ts'",
    "export * from './c.ts'",
    "import './d.ts'",
    "const e = await import('./e.ts')",
    "new Worker(new URL('./f.ts', import.meta.url))",
    "import { z } from 'zod'",
  ].join('\n')
  const found = parseImports('src/x/y.ts', source).map(({ to }) => to)
  expect(found).toEqual(['src/x/a.ts', 'src/b.ts', 'src/x/c.ts', 'zod', 'src/x/d.ts', 'src/x/e.ts', 'src/x/f.ts'])
})

test('reads every file', () => {
  expect(graph.size).toBeGreaterThan(300)
  expect([...graph.values()].flat().length).toBeGreaterThan(graph.size)
})
