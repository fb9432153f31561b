import { expect, test } from 'vitest'
import { Counter, Histogram, Registry } from 'prom-client'
import { registerEventCounter, registerEventHistogram } from '../../src/telemetry/event-metrics.ts'

const help = 'Calls, by account and outcome.'
const labelNames = ['account', 'outcome']
const series = [
  ['zoom', 'ok'],
  ['zoom', 'failed'],
  ['berlin "east"', 'ok'],
] as const

test('formats counters as prom-client does', async () => {
  const [expected, actual] = [new Registry(), new Registry()]
  const counter = new Counter({ name: 'calls_total', help, labelNames, registers: [expected] })
  const count = registerEventCounter(actual, { name: 'calls_total', help, labelNames })
  for (const [account, outcome] of [...series, ...series.slice(1), series[2]]) {
    counter.inc({ account, outcome })
    count([account, outcome])
  }
  counter.inc({ account: 'oslo', outcome: 'ok' }, 0)
  count(['oslo', 'ok'], 0)
  expect(await actual.metrics()).toBe(await expected.metrics())
  expect(await actual.metrics()).toContain('calls_total{account="berlin \\"east\\"",outcome="ok"} 3')
  expect(await actual.metrics()).toContain('calls_total{account="oslo",outcome="ok"} 0')
})

test('formats histograms as prom-client does', async () => {
  const [expected, actual] = [new Registry(), new Registry()]
  const buckets = [0.01, 0.1, 1, 12]
  const histogram = new Histogram({ name: 'seconds', help, labelNames, buckets, registers: [expected] })
  const observe = registerEventHistogram(actual, { name: 'seconds', help, labelNames, buckets })
  for (const [index, value] of [0, 0.01, 0.0100001, 0.1, 0.7, 1, 11.9, 12, 13, 0.3].entries()) {
    const [account, outcome] = series[index % series.length]!
    histogram.observe({ account, outcome }, value)
    observe([account, outcome], value)
  }
  expect(await actual.metrics()).toBe(await expected.metrics())
  expect(await actual.metrics()).toContain('seconds_bucket{le="+Inf",account="zoom",outcome="ok"} 4')
})
