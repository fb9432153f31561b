#!/usr/bin/env node
// JavaScript instead of TypeScript, because Node compiles the first module of a process before its compile cache is enabled,
// and the compiler that removes types takes 40 ms and 20 MB.
import { readFileSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
// Also found from src/main.ts, which is a link to this file.
import { hashSources } from '../bin/hash-sources.js'

/** Whether there are sources, and the build is missing or was made of others. */
function isBuildOutdated() {
  const sources = hashSources(fileURLToPath(new URL('..', import.meta.url)))
  if (sources === null) return false
  try {
    return readFileSync(new URL('../dist/cli/sources.sha256', import.meta.url), 'utf8') !== sources
  } catch {
    return true
  }
}

if (Number.parseInt(process.versions.node, 10) >= 24) {
  if (process.argv[2] === 'serve') {
    // Flags of V8. Set first, because the compile cache depends on them. Most objects of the start survive, so that V8 would
    // enlarge the young generation to 32 MB, which an idle server keeps.
    setFlagsFromString('--semi-space-growth-factor=1')
    // Requests that wait survive, too, so that V8 would create the objects of all later requests in the old generation. Each of
    // them would then keep the objects to which it refers in memory until the next major garbage collection.
    setFlagsFromString('--no-allocation-site-pretenuring')
  }
  // Compiling the modules of a command takes longer than running them. Node keeps the compiled code for the next start in
  // NODE_COMPILE_CACHE or the directory for temporary files, if it is writable.
  module.enableCompileCache()
  // A build starts faster, and Node does not strip types below node_modules. A checkout never runs an outdated build.
  await import(isBuildOutdated() ? '../src/cli/run.ts' : '../dist/cli/run.js')
} else {
  process.stderr.write(`Parley requires Node 24 or later. This is Node ${process.versions.node}.\n`)
  process.exitCode = 1
}
