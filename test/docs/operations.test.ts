import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { logFields } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { blocksOf } from './blocks.ts'

const page = readFileSync('docs/operations.md', 'utf8')
/** Returns the rows of the tables under a heading, as lists of cells. */
const rowsOf = (heading: string): string[][] =>
  page
    .split(`\n## ${heading}\n`)[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| /, '')))
const namesIn = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name!)

async function registered(): Promise<string[]> {
  const metrics = createMetrics()
  const noGauges = { connections: () => 0, bufferedBytes: () => 0, streams: () => 0 }
  metrics.registerAccountGauges([])
  metrics.registerStoreGauge(() => true)
  metrics.registerDocumentGauge(() => [])
  metrics.registerRedisGauge(() => true)
  metrics.registerKeySetGauge(() => true)
  metrics.registerSocketGauges(noGauges)
  metrics.registerDownloadGauge(() => 0)
  return [...(await metrics.formatMetrics()).matchAll(/^# TYPE (parley_\w+)/gm)].map(([, name]) => name!)
}

test('docs/operations.md describes every metric, and no other', async () => {
  const documented = rowsOf('Metrics').flatMap(([metric = '']) =>
    namesIn(metric).filter((name) => name.startsWith('parley_')),
  )
  expect(documented.toSorted()).toEqual((await registered()).toSorted())
})

/** Returns the fields in the tables of log lines. */
const documentedFields = [...page.matchAll(/^\|[^\n]+\| fields \|[^\n]*\n([\s\S]*?)\n\n/gm)]
  .flatMap(([, rows]) => rows!.split('\n').filter((line) => line.startsWith('| `')))
  .flatMap((line) => namesIn(line.split(' | ')[1]!))

test('docs/operations.md describes every field of the log', () => {
  const documented = new Set(documentedFields)
  expect([...logFields].filter((name) => !documented.has(name))).toEqual([])
})

test('writes every log field that docs/operations.md describes', () => {
  const documented = documentedFields
  expect(documented.length).toBeGreaterThan(30)
  expect(documented.filter((name) => !logFields.has(name))).toEqual([])
})

test('docs/operations.md shows the alert rules of the repository', () => {
  expect(blocksOf('docs/operations.md', 'yaml')).toContain(readFileSync('deploy/alerts.yaml', 'utf8'))
})

test('alerts use only metrics that exist', async () => {
  const { groups } = parse(readFileSync('deploy/alerts.yaml', 'utf8')) as { groups: { rules: { expr: string }[] }[] }
  const used = groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => expr.match(/parley_\w+/g) ?? []))
  const existing = await registered()
  expect(used.filter((name) => !existing.includes(name))).toEqual([])
})
