#!/usr/bin/env node
// Node strips no types below node_modules: a package holds the sources as JavaScript, a checkout runs them as they are.
import { existsSync } from 'node:fs'

const source = new URL('../src/main.ts', import.meta.url)
if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import(existsSync(source) ? source.href : '../dist/main.js')
} else {
  process.stderr.write(`Parley requires Node 24 or later. This is Node ${process.versions.node}.\n`)
  process.exitCode = 1
}
