import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Import {
  /** For files of `src`, the path from the root of the repository. For packages, the specifier. */
  to: string
  /** False for `import()` and `new URL(…, import.meta.url)`, which load the file only when they are executed. */
  isStatic: boolean
}

/** Returns the imports of each file of `src`, by the path of the file. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>

const patterns: readonly [RegExp, boolean][] = [
  [/^(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'/gm, true],
  [/^import\s*'([^']+)'/gm, true],
  [/\bimport\(\s*'([^']+)'/g, false],
  [/\bnew URL\(\s*'(\.[^']+\.ts)',\s*import\.meta\.url/g, false],
]

export function readImportGraph(): ImportGraph {
  return new Map(globSync('src/**/*.ts').map((file) => [file, parseImports(file, readFileSync(file, 'utf8'))]))
}

export function parseImports(file: string, source: string): Import[] {
  return patterns.flatMap(([pattern, isStatic]) =>
    [...source.matchAll(pattern)].map(([, specifier = '']) => ({
      to: specifier.startsWith('.') ? join(dirname(file), specifier) : specifier,
      isStatic,
    })),
  )
}

/** Returns the files that a file imports statically, directly or indirectly, including itself. */
export function findReachableFiles(graph: ImportGraph, from: string): Set<string> {
  const found = new Set([from])
  for (const file of found) for (const { to, isStatic } of graph.get(file) ?? []) if (isStatic) found.add(to)
  return found
}

/** Returns the files of each cycle of static imports, sorted. */
export function findCycles(graph: ImportGraph): string[][] {
  const reachable = new Map([...graph.keys()].map((file) => [file, findReachableFiles(graph, file)]))
  const cycles = new Map<string, string[]>()
  for (const [file, reached] of reachable) {
    const cycle = [...reached].filter((other) => other !== file && reachable.get(other)?.has(file))
    if (cycle.length > 0) cycles.set([file, ...cycle].toSorted().join(), [file, ...cycle].toSorted())
  }
  return [...cycles.values()]
}
