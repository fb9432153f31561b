#!/usr/bin/env node
// JavaScript, and not TypeScript: Node compiles the first module of a process before it has a cache for it, and the
// compiler that removes types takes 40 ms and 20 MB.
import { existsSync } from 'node:fs'
import module from 'node:module'

const source = new URL('../src/cli/run.ts', import.meta.url)
if (Number.parseInt(process.versions.node, 10) >= 24) {
  // Compiling what the command loads takes longer than running it. Node keeps the compiled code for the next start, in
  // NODE_COMPILE_CACHE or the directory for temporary files; without a directory to write to, nothing is kept.
  module.enableCompileCache()
  // Node strips no types below node_modules: a package has the sources as JavaScript, a checkout runs them as they are.
  await import(existsSync(source) ? source.href : '../dist/cli/run.js')
} else {
  process.stderr.write(`Parley requires Node 24 or later. This is Node ${process.versions.node}.\n`)
  process.exitCode = 1
}
