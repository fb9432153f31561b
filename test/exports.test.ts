import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** GraphQL enums have the name of the type of their values. */
const graphqlEnums = new Set(['ConferenceMode', 'ConferenceState', 'ParticipantRole'])

/** Packages of their own have a vocabulary of their own. */
const packages = /^src\/(client|sandboxes)\//

/** Returns the files of the server that define each exported name. The folders of the vendors count as one. */
function findDefinitions(): Map<string, Set<string>> {
  const filesByName = new Map<string, Set<string>>()
  for (const file of globSync('src/**/*.ts').filter((path) => !packages.test(path))) {
    const definitions = /^export (?:abstract |async )*(?:const|function\*?|class|interface|type) (\w+)/gm
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(definitions)) {
      const files = filesByName.get(name) ?? new Set()
      filesByName.set(name, files.add(file.replace(/^(src\/vendors)\/(?!kit\/)\w+\//, '$1/*/')))
    }
  }
  return filesByName
}

test('exports no name with two meanings', () => {
  const repeated = [...findDefinitions()].filter(([name, files]) => files.size > 1 && !graphqlEnums.has(name))
  expect(repeated.map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([])
})

test('reads the exported names of every file', () => {
  expect(findDefinitions().size).toBeGreaterThan(800)
})
