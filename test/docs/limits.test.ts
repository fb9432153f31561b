import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { getDefaults, serverLimitTable, upstreamLimitTable } from '../../src/core/limits.ts'

const table = { ...serverLimitTable, ...upstreamLimitTable }
// Depends on the heap of the process.
const { bufferBytes: _, ...defaults } = getDefaults(table)
const fixed = Object.entries(table).flatMap(([name, { isFixed }]) => (isFixed ? [name] : []))
const factors = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, s: 1_000 }
const quantity = String.raw`(\d[\d.,]*\d|\d)(?: (KiB|MiB|GiB|s)\b)?`

const pages = ['README.md', 'docs/limits.md', 'docs/operations.md', 'docs/paging.md', 'docs/deployment.md']
const read = (page: string): string => readFileSync(page, 'utf8')

const toNumber = (digits: string, unit?: string): number =>
  Number(digits.replaceAll(',', '')) * (factors[unit as keyof typeof factors] ?? 1)

/** Names in the first column of the tables of limits, each with its default in the second. */
function listDefaults(page: string): [name: string, value: number | undefined][] {
  return read(page)
    .split('\n\n')
    .filter((block) => /^(.*\n)*?\| limit \| default \|/.test(block))
    .flatMap((table) => table.split('\n').filter((line) => line.startsWith('| `')))
    .flatMap((row) => {
      const [names = '', values = ''] = row.split(' | ')
      const quantities = [...values.matchAll(new RegExp(quantity, 'g'))]
      return [...names.matchAll(/`(\w+)`/g)].map(
        ([, name], index) => [name!, toNumber(quantities[index]![1]!, quantities[index]![2])] as [string, number],
      )
    })
    .filter(([name]) => name !== 'bufferBytes')
}

test.each([
  ['README.md', (size: number) => `has 1 to ${table.pageSize.max} items. Default: ${size}.`],
  ['docs/paging.md', (size: number) => `Default: \`first: ${size}\``],
  ['docs/recipes.md', (size: number) => `print ${size} items by default`],
])('%s has the default size of a page', (page, format) => {
  expect(read(page)).toContain(format(table.pageSize.default))
})

describe('limit tables', () => {
  test.each(['docs/limits.md', 'docs/operations.md'])(
    '%s has the defaults of the code, and no removed limit',
    (page) => {
      const documented = listDefaults(page)
      expect(documented.length).toBeGreaterThan(10)
      expect(documented).toEqual(documented.map(([name]) => [name, defaults[name as keyof typeof defaults]]))
    },
  )

  test('docs/operations.md has every limit that can be configured', () => {
    const documented = new Set(listDefaults('docs/operations.md').map(([name]) => name))
    const configurable = Object.keys(defaults).filter((name) => !fixed.includes(name))
    expect(configurable.filter((name) => !documented.has(name))).toEqual([])
    expect(fixed.filter((name) => documented.has(name))).toEqual([])
  })

  test('docs/limits.md and docs/operations.md have every limit of a request', () => {
    const text = read('docs/limits.md') + read('docs/operations.md')
    expect(Object.keys(serverLimitTable).filter((name) => !text.includes(`\`${name}\``))).toEqual([])
  })
})

test('docs/limits.md marks the limits that cannot be configured', () => {
  const marked = new Set([...read('docs/limits.md').matchAll(/`(\w+)` \\\*/g)].map(([, name]) => name!))
  expect([...marked].toSorted()).toEqual(fixed.toSorted())
})

test.each(pages)('%s names the default of a limit correctly in its sentences', (page) => {
  const named = [
    ...read(page).matchAll(new RegExp(String.raw`\`(?:limits\.)?(\w+)\`[^\`|(]{0,15}\(${quantity}\)`, 'g')),
  ]
    .filter(([, name]) => Object.hasOwn(defaults, name!))
    .map(([, name, digits, unit]) => [name, toNumber(digits!, unit)])
  expect(named).toEqual(named.map(([name]) => [name, defaults[name as keyof typeof defaults]]))
})
