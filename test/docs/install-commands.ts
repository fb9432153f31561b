import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Creates a folder with the commands that the docs use: those of this checkout, and what the docs need of jq. */
export function installCommands(folder: string): void {
  mkdirSync(folder)
  const install = (name: string, text: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  install('node', `exec '${process.execPath}' "$@"`)
  install('parley', `exec node '${resolve('bin/parley.js')}' "$@"`)
  install('npx', 'exec "$@"')
  // Not every machine has jq.
  install(
    'jq',
    `exec node --eval '
    const pick = (value, key) => (key.endsWith("[]") ? value[key.slice(0, -2)] : [value[key]])
    const at = (value, path) =>
      path.split(".").slice(1).reduce((found, key) => found.flatMap((one) => pick(one, key)), [value])
    const texts = require("fs").readFileSync(process.argv[2] ?? 0, "utf8")
    const values = process.argv[2] ? [JSON.parse(texts)] : texts.trim().split("\\n").map((line) => JSON.parse(line))
    for (const value of values.flatMap((value) => at(value, process.argv[1]))) console.log(value)
  ' -- "$2" $3`,
  )
}
