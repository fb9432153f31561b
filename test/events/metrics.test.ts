import { expect, test } from 'vitest'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { openEvents, readMessage } from './open.ts'

test('counts events and gaps by account, without repetitions', async () => {
  const metrics = createMetrics()
  const { events, record, subscribe, accounts } = openEvents({
    limits: { eventLog: 1 },
    onRecorded: metrics.countEventEntry,
    onStreamGap: metrics.countStreamGap,
  })
  const stream = subscribe()
  await readMessage(stream)
  const message = { identity: 'one', occurredAt: 1, outdatedConference: null, areUsersOutdated: false }
  const event = { type: 'ENDED', conferenceId: '1', occurredAt: 1, changed: [], participant: null, raw: null } as const
  const sink = events.createSink(accounts[0]!)
  for (const origin of ['WEBHOOK', 'SOCKET'] as const) await sink.recordMessage({ ...message, event }, origin)
  await sink.record({ since: 1, until: 2 }, [])
  await record()
  await readMessage(stream)
  const text = await metrics.formatMetrics()
  expect(text).toContain('parley_events_total{account="zoom",type="ENDED",origin="WEBHOOK"} 1')
  expect(text).not.toContain('origin="SOCKET"')
  expect(text).toContain('parley_event_gaps_total{account="zoom",reason="INTERRUPTED"} 1')
  expect(text).toContain('parley_event_gaps_total{account="zoom",reason="TOO_SLOW"} 1')
})
