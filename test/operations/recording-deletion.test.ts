import { describe, expect, test, vi } from 'vitest'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { mutate, open } from './open.ts'
import { recordFile } from './scenarios.ts'

const query = 'query ($id: ID!) { operation(id: $id) { outcome } }'

describe('deleteRecording whose response was lost', () => {
  test.each([
    [true, 'SUCCEEDED', 1],
    [false, 'NOT_SENT', 0],
  ])('is reconciled with the list of files after a restart (applied: %s)', async (apply, outcome, effects) => {
    const opened = await open(zoom)
    const input = { recordingId: recordFile(opened), idempotencyKey: 'lost' }
    opened.sandbox.fault({ match: { method: 'DELETE' }, kind: 'reset', apply, times: 1 })
    const first = await mutate(opened, 'deleteRecording', input)
    expect(first).toMatchObject({ outcome: 'UNKNOWN', deletedRecordingId: null })
    await opened.restart()
    await vi.waitFor(async () => {
      opened.clock.advance(61_000)
      const { operation } = await opened.execute(query, { id: first.operation.id })
      expect(operation.outcome).toBe(outcome)
    })
    expect(opened.sandbox.effects).toHaveLength(effects)
    expect(opened.sandbox.ledger.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
  })

  test('stays unknown while the list of files cannot be read', async () => {
    const opened = await open(zoom)
    opened.sandbox.fault({ match: { method: 'DELETE' }, kind: 'reset', times: 1 })
    const first = await mutate(opened, 'deleteRecording', { recordingId: recordFile(opened) })
    opened.clock.advance(61_000)
    const page = { status: 404, body: '<html>Not found</html>' }
    opened.sandbox.fault({ match: { method: 'GET', path: /recordings/ }, kind: 'body', ...page })
    const { operation } = await opened.execute(query, { id: first.operation.id })
    expect(operation.outcome).toBe('UNKNOWN')
  })
})
