import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Outcome } from '../../src/operations/outcome.ts'
import { recordOverheadBytes, type OperationRecord, type Store, type StoreOptions } from '../../src/operations/store.ts'
import { packRecord } from '../../src/operations/packed-record.ts'
import { runs } from '../support/property.ts'

export const record = (change: Partial<OperationRecord> = {}): OperationRecord => ({
  id: 'one',
  processId: 'this',
  caller: 'ada',
  mutation: 'createConference',
  account: 'zoom',
  key: 'key',
  ownsKey: true,
  digest: 'digest',
  startedAt: 1_000,
  sentAt: null,
  finishedAt: null,
  outcome: 'PENDING',
  lookup: null,
  result: null,
  problems: [],
  ...change,
})

const uploaded = (id: string, startedAt: number): OperationRecord =>
  record({
    id,
    key: id,
    startedAt,
    outcome: 'SUCCEEDED',
    result: {
      type: 'UploadedFile',
      value: {
        vendorId: 'f',
        name: 'n',
        contentType: 't/t',
        size: 2 ** 40,
        sha256: 'x',
        state: 'ATTACHED',
        url: null,
        raw: { id: 2n ** 64n },
      },
    },
  })

const none: ReadonlySet<string> = new Set()

type Command =
  | { kind: 'begin'; key: string | null; caller: string }
  | { kind: 'replace'; pick: number; outcome: Outcome; from: Outcome[] }
  | { kind: 'freeKeys'; before: number }
  | { kind: 'reopen' }

const outcome = fc.constantFrom<Outcome>('PENDING', 'SUCCEEDED', 'REJECTED', 'NOT_SENT', 'UNKNOWN')
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('begin' as const),
        key: fc.constantFrom('a', 'b', null),
        caller: fc.constantFrom('ada', 'eve'),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('replace' as const),
        pick: fc.nat(20),
        outcome,
        from: fc.uniqueArray(outcome),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('freeKeys' as const), before: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  ),
  { maxLength: 20 },
)

/** A simple store in memory, with which the other stores are compared. */
class Model {
  readonly records = new Map<string, OperationRecord>()
  readonly holders = new Map<string, string>()

  begin(next: OperationRecord): OperationRecord | null {
    const place = `${next.caller} ${next.key}`
    const holder = next.key === null ? undefined : this.holders.get(place)
    if (holder !== undefined) return this.records.get(holder)!
    this.records.set(next.id, next)
    if (next.key !== null) this.holders.set(place, next.id)
    return null
  }

  replace(next: OperationRecord, from: readonly Outcome[]): boolean {
    if (!from.includes(this.records.get(next.id)!.outcome)) return false
    this.records.set(next.id, next)
    if (!next.ownsKey) this.free(next.id)
    return true
  }

  free(id: string): void {
    for (const [place, holder] of this.holders) if (holder === id) this.holders.delete(place)
  }
}

/**
 * Defines the tests of a store.
 *
 * @param createStore Creates an empty store for a test. Returns a function that opens it, also several times.
 */
export function storeSuite(createStore: () => Promise<(options?: Partial<StoreOptions>) => Store>): void {
  describe('a store', () => {
    test('returns an inserted record unchanged, including dates and problems', async () => {
      const open = await createStore()
      const store = open()
      const problem = new Problem('VENDOR_CONFLICT', 'No.', {
        path: ['input'],
        vendorStatus: 409,
        account: 'zoom',
        retryAt: 5,
      })
      const schedule = { kind: 'once', startsAt: new Date(5), durationMinutes: 5, timeZone: null } as const
      const lookup = { kind: 'updated', id: '1', changes: { schedule } } as const
      const written = { ...uploaded('one', 1_000), caller: 'ada é😀', problems: [problem], lookup }
      await store.insert(written)
      await store.close()
      const again = open()
      const found = await again.find('one')
      expect(found).toEqual(written)
      expect(found!.problems[0]).toMatchObject({ vendorStatus: 409, retryAt: 5, retryable: false })
      expect(await again.findByKey('ada é😀', 'createConference', 'one')).toEqual(written)
      expect(await again.find('two')).toBeNull()
      await again.close()
    })

    test('finds the latest operation of the caller that uploaded a file', async () => {
      const store = (await createStore())()
      for (const [id, startedAt] of [
        ['b', 2_000],
        ['c', 3_000],
        ['a', 1_000],
      ] as const) {
        const done = uploaded(id, startedAt)
        await store.insert({ ...done, outcome: 'PENDING', result: null })
        expect(await store.updateIf(done, ['PENDING'])).toBe(true)
      }
      expect((await store.findUpload('ada', 'zoom', 'f'))?.id).toBe('c')
      expect(await store.findUpload('eve', 'zoom', 'f')).toBeNull()
      expect(await store.findUpload('ada', 'other', 'f')).toBeNull()
      await store.close()
    })

    test('lets one of several simultaneous operations own a key', async () => {
      const open = await createStore()
      const stores = [open(), open()]
      const begun = await Promise.all(
        Array.from({ length: 20 }, (_, index) => stores[index % 2]!.insert(record({ id: String(index) }))),
      )
      expect(begun.filter((holder) => holder === null)).toHaveLength(1)
      expect(new Set(begun.map((holder) => holder?.id ?? String(begun.indexOf(null)))).size).toBe(1)
      for (const store of stores) await store.close()
    })

    test('lists unresolved operations since a time, except those of the given processes', async () => {
      const store = (await createStore())()
      const insert = (id: string, processId: string, startedAt: number, outcome: Outcome = 'PENDING') =>
        store.insert(record({ id, processId, startedAt, outcome, key: null, ownsKey: false }))
      await insert('a', 'one', 1)
      await insert('b', 'other', 2, 'UNKNOWN')
      await insert('c', 'one', 3)
      await insert('d', 'other', 4, 'SUCCEEDED')
      const ids = async (since: number, ...processes: string[]) =>
        (await store.listUnresolved(since, new Set(processes))).map(({ id }) => id).toSorted()
      expect(await ids(0)).toEqual(['a', 'b', 'c'])
      expect(await ids(2)).toEqual(['b', 'c'])
      expect(await ids(0, 'one')).toEqual(['b'])
      expect(await ids(0, 'one', 'other')).toEqual([])
      await store.close()
    })

    test('lists the oldest unresolved operations first, at most 1,000 at once', async () => {
      const store = (await createStore())()
      const begin = (index: number, processId: string) =>
        store.insert(record({ id: `${processId}-${index}`, processId, startedAt: index, key: null, ownsKey: false }))
      await Promise.all(Array.from({ length: 1_200 }, (_, index) => begin(index, 'ended')))
      await Promise.all(Array.from({ length: 20 }, (_, index) => begin(index, 'living')))
      const found = await store.listUnresolved(100, new Set(['living']))
      expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, index) => `ended-${100 + index}`))
      for (const open of found) await store.updateIf({ ...open, processId: 'living' }, ['PENDING'])
      expect((await store.listUnresolved(100, new Set(['living']))).map(({ id }) => id)).toEqual(
        Array.from({ length: 100 }, (_, index) => `ended-${1_100 + index}`),
      )
      await store.close()
    })

    test('releases any number of keys and deletes any number of operations', async () => {
      const store = (await createStore())()
      const begin = (index: number) => store.insert(record({ id: String(index), key: String(index), startedAt: index }))
      await Promise.all(Array.from({ length: 2_500 }, (_, index) => begin(index)))
      const hasKey = async (index: number) => (await store.findByKey('ada', 'createConference', String(index))) !== null
      await store.releaseKeysOlderThan(2_400)
      expect([await hasKey(0), await hasKey(2_399), await hasKey(2_400)]).toEqual([false, false, true])
      await store.deleteOlderThan(2_400)
      expect([await store.find('0'), await store.find('2399')]).toEqual([null, null])
      expect((await store.find('2400'))?.id).toBe('2400')
      await store.close()
    })

    test('deletes operations before a time, with their keys and uploads', async () => {
      const store = (await createStore())()
      await store.insert(uploaded('old', 1_000))
      await store.insert(record({ id: 'new', key: 'new', startedAt: 2_000 }))
      await store.deleteOlderThan(2_000)
      expect(await store.find('old')).toBeNull()
      expect(await store.findByKey('ada', 'createConference', 'old')).toBeNull()
      expect(await store.findUpload('ada', 'zoom', 'f')).toBeNull()
      expect((await store.listUnresolved(0, none)).map(({ id }) => id)).toEqual(['new'])
      expect(await store.insert(record({ id: 'next', key: 'old' }))).toBeNull()
      expect((await store.findByKey('ada', 'createConference', 'new'))?.id).toBe('new')
      await store.close()
    })

    /** Creates a resolved operation that does not own its key. */
    const createResolved = (id: string, change: Partial<OperationRecord> = {}) =>
      record({ id, key: null, ownsKey: false, outcome: 'SUCCEEDED', startedAt: Number(id), ...change })
    const share = (records: number): number =>
      records * (packRecord(createResolved('1000')).length + recordOverheadBytes)
    const ids = Array.from({ length: 30 }, (_, index) => String(1_000 + index))

    test('deletes the oldest resolved operations of a caller whose share is full and of no other caller', async () => {
      const store = (await createStore())({ callerBytes: share(10), onUnreadable: () => {} })
      await store.insert(createResolved('999', { caller: 'eve' }))
      await store.insert(record({ id: 'pending', key: null, ownsKey: false, startedAt: 1 }))
      await store.insert(record({ id: 'unknown', key: null, ownsKey: false, startedAt: 2, outcome: 'UNKNOWN' }))
      await store.insert(createResolved('held', { key: 'held', ownsKey: true, startedAt: 3 }))
      for (const id of ids) expect(await store.insert(createResolved(id))).toBeNull()
      for (const id of ['999', 'pending', 'unknown', 'held', ids.at(-1)!])
        expect(await store.find(id), id).not.toBeNull()
      expect(await store.find(ids[0]!)).toBeNull()
      expect((await store.findByKey('ada', 'createConference', 'held'))?.id).toBe('held')
      await store.close()
    })

    test('fails with STORE_QUOTA_EXCEEDED while the share is full, until keys are released', async () => {
      const store = (await createStore())({ callerBytes: share(10), onUnreadable: () => {} })
      const begin = (id: string, caller = 'ada') =>
        store.insert(record({ id, key: id, caller, startedAt: Number(id), outcome: 'REJECTED' }))
      const filled: string[] = []
      const full = { code: 'STORE_QUOTA_EXCEEDED', retryable: true }
      for (const id of ids)
        await begin(id).then(
          () => filled.push(id),
          (error) => expect(error).toMatchObject(full),
        )
      expect(filled.length).toBeGreaterThan(5)
      expect(filled.length).toBeLessThan(11)
      // Stored operations are still returned, and other callers are served.
      expect(await begin('5000', 'eve')).toBeNull()
      expect((await store.insert(record({ id: '6000', key: filled[0]! })))?.id).toBe(filled[0])
      await store.releaseKeysOlderThan(Number(filled[2]))
      expect(await begin('7000')).toBeNull()
      expect(await store.find(filled[0]!)).toBeNull()
      expect(await store.find(filled[2]!)).not.toBeNull()
      await store.deleteOlderThan(10_000)
      for (const id of filled) expect(await begin(id)).toBeNull()
      await store.close()
    })

    test('counts the size of an operation after it has ended', async () => {
      const store = (await createStore())({ callerBytes: 40_000, onUnreadable: () => {} })
      const unresolved = createResolved('1', { outcome: 'UNKNOWN' })
      await store.insert(unresolved)
      const message = 'x'.repeat(300)
      const problems = Array.from({ length: 100 }, () => new Problem('VENDOR_REJECTED', message))
      expect(await store.updateIf({ ...unresolved, problems }, ['UNKNOWN'])).toBe(true)
      await expect(store.insert(createResolved('2', { problems: problems.slice(50) }))).rejects.toMatchObject({
        code: 'STORE_QUOTA_EXCEEDED',
      })
      await store.updateIf({ ...unresolved, outcome: 'SUCCEEDED', problems }, ['UNKNOWN'])
      expect(await store.insert(createResolved('2', { problems: problems.slice(50) }))).toBeNull()
      expect(await store.find('1')).toBeNull()
      await store.close()
    })

    test('behaves like a map in any sequence of writes and restarts', async () => {
      const open = await createStore()
      let store = open()
      await fc.assert(
        fc.asyncProperty(commands, async (sequence) => {
          await store.deleteOlderThan(1_000)
          const model = new Model()
          let time = 0
          for (const command of sequence) {
            time += 1
            if (command.kind === 'begin') {
              const { key, caller } = command
              const next = record({ id: String(time), key, caller, ownsKey: key !== null, startedAt: time })
              expect(await store.insert(next)).toEqual(model.begin(next))
            } else if (command.kind === 'replace') {
              const old = [...model.records.values()][command.pick]
              if (!old) continue
              const next = {
                ...old,
                outcome: command.outcome,
                ownsKey: old.ownsKey && command.outcome !== 'NOT_SENT',
              }
              expect(await store.updateIf(next, command.from)).toBe(model.replace(next, command.from))
            } else if (command.kind === 'freeKeys') {
              await store.releaseKeysOlderThan(command.before)
              for (const { id, startedAt } of model.records.values()) if (startedAt < command.before) model.free(id)
            } else {
              await store.close()
              store = open()
            }
          }
          for (const [place, id] of model.holders) {
            const [caller = '', key = ''] = place.split(' ')
            expect((await store.findByKey(caller, 'createConference', key))?.id).toBe(id)
          }
          for (const known of model.records.values()) expect(await store.find(known.id)).toEqual(known)
          const left = [...model.records.values()].filter((it) => it.outcome === 'PENDING' || it.outcome === 'UNKNOWN')
          expect((await store.listUnresolved(0, none)).length).toBe(left.length)
        }),
        runs(40, 10_000),
      )
      await store.close()
    })
  })
}
