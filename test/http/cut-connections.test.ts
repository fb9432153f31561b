import { expect, test } from 'vitest'
import { CutConnections } from '../../src/http/guard/cut-connections.ts'

test('logs one line for each reason in 10 s, with the number of connections since the last one', () => {
  const lines: object[] = []
  const log = { info: () => {}, error: () => {}, warn: (fields: object) => void lines.push(fields) }
  const counted: string[] = []
  let time = 0
  const cuts = new CutConnections({ log, onCut: (reason) => counted.push(reason), now: () => time })
  for (let number = 0; number < 1_000; number++) cuts.record('slow_body', { requestId: 'first' })
  cuts.record('malformed', {})
  time = 10_000
  cuts.record('slow_body', { requestId: 'last' })
  expect(lines).toMatchObject([
    { reason: 'slow_body', requestId: 'first', count: 1 },
    { reason: 'malformed', count: 1 },
    { reason: 'slow_body', requestId: 'last', count: 1_000 },
  ])
  expect(counted).toHaveLength(1_002)
})
