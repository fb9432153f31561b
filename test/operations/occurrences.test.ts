import { describe, expect, test, vi } from 'vitest'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { mutate, open, type Opened } from './open.ts'
import { createSeries } from './scenarios.ts'

const day = 86_400_000
const inDays = (days: number): string => new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * day).toISOString()

interface Occurrence {
  id: string
  startsAt: string
  durationMinutes: number
  cancelled: boolean
  conference: { id: string }
}
const fields = 'id startsAt durationMinutes cancelled conference { id }'

/** Opens a Zoom account with a series of four occurrences. */
async function openSeries() {
  const opened = await open(zoom)
  const ids = await createSeries(opened)
  const readOne = async (id: string) =>
    (await opened.execute(`{ node(id: "${id}") { ... on Occurrence { ${fields} } } }`)).node as Occurrence | null
  const readAll = () => Promise.all(ids.map(readOne))
  const from = opened.sandbox.ledger.length
  const writes = () =>
    opened.sandbox.ledger
      .slice(from)
      .flatMap(({ method, path, query }) =>
        method === 'GET' || path.includes('token') ? [] : [`${method} ${path}?${query}`],
      )
  const effects = () => opened.sandbox.effects.slice(1)
  return { opened, ids, readOne, readAll, writes, effects }
}

/** Waits until the outcome is reconciled. */
const reconcile = (opened: Opened, id: string, outcome: string) =>
  vi.waitFor(async () => {
    opened.clock.advance(61_000)
    const { operation } = await opened.execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id })
    expect(operation.outcome).toBe(outcome)
  })

describe('updateOccurrence', () => {
  test('moves one occurrence, and changes neither the others nor the series', async () => {
    const { opened, ids, readAll, writes } = await openSeries()
    const before = await readAll()
    const startsAt = inDays(12)
    const input = { occurrenceId: ids[1], startsAt, durationMinutes: 15, description: 'Moved', idempotencyKey: 'move' }
    const moved = await mutate(opened, 'updateOccurrence', input)
    expect(moved).toMatchObject({
      outcome: 'SUCCEEDED',
      problems: [],
      occurrence: { id: ids[1], durationMinutes: 15, cancelled: false },
    })
    expect(Date.parse(moved.occurrence.startsAt)).toBe(Date.parse(startsAt))
    expect(moved.operation.result).toEqual({ __typename: 'Occurrence', id: ids[1] })
    const after = await readAll()
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]])
    expect(writes()).toEqual([expect.stringMatching(/^PATCH \/v2\/meetings\/\d+\?occurrence_id=\d+$/)])
    expect(await mutate(opened, 'updateOccurrence', input)).toMatchObject({
      replayed: true,
      occurrence: moved.occurrence,
    })
    expect(writes()).toHaveLength(1)
  })

  test('sends only the given changes', async () => {
    const { opened, ids, effects } = await openSeries()
    await mutate(opened, 'updateOccurrence', { occurrenceId: ids[0], description: 'Bring the plan' })
    expect(effects()).toMatchObject([
      { kind: 'updateConference', detail: { agenda: 'Bring the plan', occurrence: expect.any(String) as string } },
    ])
    expect(Object.keys(effects()[0]!.detail as object).toSorted()).toEqual(['agenda', 'occurrence'])
  })

  test('rejects invalid changes before any call', async () => {
    const { opened, ids } = await openSeries()
    const from = opened.sandbox.ledger.length
    const invalid: [object, string[]][] = [
      [{}, []],
      [{ startsAt: new Date(Date.now() - 5_000).toISOString() }, ['startsAt']],
      [{ startsAt: '2101-01-01T00:00:00Z' }, ['startsAt']],
      [{ durationMinutes: 0 }, ['durationMinutes']],
      [{ durationMinutes: 1441 }, ['durationMinutes']],
      [{ description: 'x'.repeat(2_001) }, ['description']],
    ]
    for (const [changes, path] of invalid) {
      const rejected = await mutate(opened, 'updateOccurrence', { occurrenceId: ids[0], ...changes })
      expect(rejected, JSON.stringify(changes)).toMatchObject({
        outcome: 'REJECTED',
        occurrence: null,
        problems: [{ code: 'BAD_USER_INPUT', path: ['input', ...path] }],
      })
    }
    expect(opened.sandbox.ledger.slice(from)).toEqual([])
  })

  test('reports a change that Zoom ignored', async () => {
    const { opened, ids } = await openSeries()
    opened.sandbox.fault({ match: { method: 'PATCH' }, kind: 'status', status: 204, times: 1 })
    const ignored = await mutate(opened, 'updateOccurrence', { occurrenceId: ids[0], durationMinutes: 5 })
    expect(ignored).toMatchObject({
      outcome: 'SUCCEEDED',
      occurrence: { durationMinutes: 60 },
      problems: [{ code: 'VENDOR_REJECTED', path: ['input', 'durationMinutes'] }],
    })
  })

  test.each([
    ['durationMinutes', { durationMinutes: 20 }],
    ['startsAt', { startsAt: inDays(11) }],
    ['description', { description: 'Another room' }],
  ])('is reconciled after a lost response to a change of %s', async (_, changes) => {
    for (const apply of [true, false]) {
      const { opened, ids, writes } = await openSeries()
      opened.sandbox.fault({ match: { method: 'PATCH' }, kind: 'reset', apply, times: 1 })
      const lost = await mutate(opened, 'updateOccurrence', { occurrenceId: ids[2], ...changes })
      expect(lost).toMatchObject({ outcome: 'UNKNOWN', occurrence: null })
      await opened.restart()
      await reconcile(opened, lost.operation.id, apply ? 'SUCCEEDED' : 'NOT_SENT')
      expect(writes()).toHaveLength(1)
    }
  })
})

describe('cancelOccurrence', () => {
  test('cancels one occurrence, and changes neither the others nor the series', async () => {
    const { opened, ids, readOne, readAll, writes } = await openSeries()
    const before = await readAll()
    const input = { occurrenceId: ids[1], idempotencyKey: 'cancel' }
    const canceled = await mutate(opened, 'cancelOccurrence', input)
    expect(canceled).toMatchObject({ outcome: 'SUCCEEDED', problems: [], occurrence: { id: ids[1], cancelled: true } })
    expect(await readOne(ids[1]!)).toEqual({ ...before[1], cancelled: true })
    const after = await readAll()
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]])
    expect(writes()).toEqual([expect.stringMatching(/^DELETE \/v2\/meetings\/\d+\?occurrence_id=\d+$/)])
    expect(await mutate(opened, 'cancelOccurrence', input)).toMatchObject({ replayed: true, outcome: 'SUCCEEDED' })
    expect(writes()).toHaveLength(1)
  })

  test('rejects an occurrence that is already canceled, and so does updateOccurrence', async () => {
    const { opened, ids, writes } = await openSeries()
    await mutate(opened, 'cancelOccurrence', { occurrenceId: ids[1] })
    const conflict = { outcome: 'REJECTED', problems: [{ code: 'VENDOR_CONFLICT', path: ['input', 'occurrenceId'] }] }
    expect(await mutate(opened, 'cancelOccurrence', { occurrenceId: ids[1] })).toMatchObject(conflict)
    const change = { occurrenceId: ids[1], durationMinutes: 5 }
    expect(await mutate(opened, 'updateOccurrence', change)).toMatchObject(conflict)
    expect(writes()).toHaveLength(1)
  })

  test.each([true, false])('is reconciled after a lost response (applied: %s)', async (apply) => {
    const { opened, ids, readOne, writes } = await openSeries()
    opened.sandbox.fault({ match: { method: 'DELETE' }, kind: 'reset', apply, times: 1 })
    const lost = await mutate(opened, 'cancelOccurrence', { occurrenceId: ids[2] })
    expect(lost).toMatchObject({ outcome: 'UNKNOWN', occurrence: null })
    await opened.restart()
    await reconcile(opened, lost.operation.id, apply ? 'SUCCEEDED' : 'NOT_SENT')
    expect((await readOne(ids[2]!))!.cancelled).toBe(apply)
    expect(writes()).toHaveLength(1)
  })
})

describe('mutations of an occurrence', () => {
  test.each([
    ['updateOccurrence', { durationMinutes: 5 }, 'updateConference'],
    ['cancelOccurrence', {}, 'deleteConference'],
  ])('%s rejects IDs of other objects without a write', async (mutation, changes, replacement) => {
    const { opened, writes } = await openSeries()
    const run = (occurrenceId: string) => mutate(opened, mutation, { occurrenceId, ...changes })
    const path = ['input', 'occurrenceId']
    expect(await run(opened.encodeId('Conference', '1'))).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'INVALID_ID', path }],
    })
    const single = await run(opened.encodeId('Occurrence', '80000000000', '1800000000000-once'))
    expect(single).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'BAD_USER_INPUT', path }] })
    expect(single.problems[0].message).toContain(`"${replacement}"`)
    for (const missing of [
      opened.encodeId('Occurrence', '80000000000', '7'),
      opened.encodeId('Occurrence', '80000000000', ' '),
    ])
      expect(await run(missing)).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'NOT_FOUND', path }] })
    expect(writes()).toEqual([])
  })

  test.each([
    ['updateOccurrence', { durationMinutes: 5 }],
    ['cancelOccurrence', {}],
  ])('%s is not supported by TrueConf Server, and makes no call', async (mutation, changes) => {
    const opened = await open(trueconf)
    const occurrenceId = opened.encodeId('Occurrence', '1', '1800000000000-a')
    expect(await mutate(opened, mutation, { occurrenceId, ...changes })).toMatchObject({
      outcome: 'REJECTED',
      occurrence: null,
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'occurrenceId'] }],
    })
    expect(opened.sandbox.ledger).toEqual([])
  })
})
