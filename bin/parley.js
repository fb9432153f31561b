#!/usr/bin/env node
// JavaScript instead of TypeScript, because Node compiles the first module of a process before its compile cache is enabled,
// and the compiler that removes types takes 40 ms and 20 MB.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { setFlagsFromString } from 'node:v8'

const source = new URL('../src/cli/run.ts', import.meta.url)
if (Number.parseInt(process.versions.node, 10) >= 24) {
  // Most objects of the start survive, so that V8 would enlarge the young generation to 32 MB, which an idle server keeps. Set first,
  // because the compile cache depends on the flags of V8.
  if (process.argv[2] === 'serve') setFlagsFromString('--semi-space-growth-factor=1')
  // Compiling the modules of a command takes longer than running them. Node keeps the compiled code for the next start in
  // NODE_COMPILE_CACHE or the directory for temporary files, if it is writable.
  module.enableCompileCache()
  // Node does not strip types below node_modules. The package has JavaScript in dist; a checkout runs the TypeScript files.
  await import(existsSync(source) ? source.href : '../dist/cli/run.js')
} else {
  process.stderr.write(`Parley requires Node 24 or later. This is Node ${process.versions.node}.\n`)
  process.exitCode = 1
}
