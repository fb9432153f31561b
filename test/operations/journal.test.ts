import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { Problem } from '../../src/errors.ts'
import { Journal } from '../../src/operations/journal.ts'
import type { Outcome } from '../../src/operations/outcome.ts'
import type { OperationRecord } from '../../src/operations/store.ts'
import { dataFolder } from './open.ts'

const temporary = (): string => {
  const folder = dataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const record = (change: Partial<OperationRecord> = {}): OperationRecord => ({
  id: 'one',
  caller: 'ada',
  mutation: 'createConference',
  account: 'zoom',
  key: 'key',
  holdsKey: true,
  digest: 'digest',
  startedAt: 1_000,
  sentAt: null,
  finishedAt: null,
  outcome: 'PENDING',
  lookup: null,
  answer: null,
  problems: [],
  ...change,
})

test('a record comes back as it was, dates and problems too', async () => {
  const file = join(temporary(), 'data', 'operations.sqlite')
  const journal = new Journal(file)
  const problem = new Problem('VENDOR_CONFLICT', 'No.', {
    path: ['input'],
    vendorStatus: 409,
    account: 'zoom',
    retryAt: 5,
  })
  const schedule = { kind: 'once', startsAt: new Date(5), durationMinutes: 5, timeZone: null } as const
  const written = record({
    problems: [problem],
    lookup: { kind: 'updated', id: '1', changes: { schedule } },
    answer: {
      type: 'UploadedFile',
      value: {
        vendorId: 'f',
        name: 'n',
        contentType: 't/t',
        size: 2 ** 40,
        sha256: 'x',
        state: 'ATTACHED',
        url: null,
        raw: { id: 1 },
      },
    },
  })
  await journal.begin(written)
  journal.close()
  const again = new Journal(file)
  expect(await again.find('one')).toEqual(written)
  expect((await again.find('one'))!.problems[0]).toMatchObject({ vendorStatus: 409, retryAt: 5, retryable: false })
  expect(await again.findUpload('ada', 'zoom', 'f')).toEqual(written)
  expect(await again.findUpload('eve', 'zoom', 'f')).toBeNull()
  for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o777, name).toBe(0o600)
  again.close()
})

test('a torn last write is gone, and all before it is there', async () => {
  const folder = temporary()
  const file = join(folder, 'operations.sqlite')
  const journal = new Journal(file)
  const sizes: number[] = []
  for (let index = 0; index < 6; index += 1) {
    await journal.begin(record({ id: String(index), key: String(index) }))
    sizes.push(statSync(`${file}-wal`).size)
  }
  for (let cut = sizes[4]! + 1; cut <= sizes[5]!; cut += 997) {
    const torn = join(folder, `torn-${cut}`)
    mkdirSync(torn)
    const copy = join(torn, 'operations.sqlite')
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    truncateSync(`${copy}-wal`, cut)
    const opened = new Journal(copy)
    expect(await opened.open(0)).toHaveLength(cut === sizes[5] ? 6 : 5)
    expect(await opened.begin(record({ id: 'next', key: 'next' }))).toBeNull()
    opened.close()
  }
  journal.close()
})

test('what cannot be written or read is STORE_UNAVAILABLE, until it can be', async () => {
  const folder = temporary()
  writeFileSync(join(folder, 'data'), 'in the way')
  const journal = new Journal(join(folder, 'data', 'operations.sqlite'))
  await expect(journal.begin(record())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  rmSync(join(folder, 'data'))
  expect(await journal.begin(record())).toBeNull()
  journal.close()
  const broken = join(folder, 'broken.sqlite')
  writeFileSync(broken, Buffer.alloc(8_192, 'no database'))
  await expect(new Journal(broken).find('one')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(readFileSync(broken).toString()).toContain('no database')
})

type Command =
  | { kind: 'begin'; key: string | null; caller: string }
  | { kind: 'replace'; pick: number; outcome: Outcome; from: Outcome[] }
  | { kind: 'freeKeys'; before: number }
  | { kind: 'reopen' }

/** More by the variable. */
const runs = Number(process.env['JOURNAL_RUNS'] ?? 500)
const outcome = fc.constantFrom<Outcome>('PENDING', 'SUCCEEDED', 'REJECTED', 'NOT_SENT', 'UNKNOWN')
const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('begin' as const),
        key: fc.constantFrom('a', 'b', null),
        caller: fc.constantFrom('ada', 'eve'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('replace' as const),
        pick: fc.nat(20),
        outcome,
        from: fc.uniqueArray(outcome),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('freeKeys' as const), before: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  ),
  { maxLength: 20 },
)

/** What a store is, in memory. */
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
    if (!next.holdsKey) this.free(next.id)
    return true
  }

  free(id: string): void {
    for (const [place, holder] of this.holders) if (holder === id) this.holders.delete(place)
  }
}

test(
  'does what a map would do, across any sequence of writes and restarts',
  async () => {
    const file = join(temporary(), 'operations.sqlite')
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        let journal = new Journal(file)
        await journal.forget(1_000)
        const model = new Model()
        let time = 0
        for (const command of sequence) {
          time += 1
          if (command.kind === 'begin') {
            const { key, caller } = command
            const next = record({ id: String(time), key, caller, holdsKey: key !== null, startedAt: time })
            expect(await journal.begin(next)).toEqual(model.begin(next))
          } else if (command.kind === 'replace') {
            const old = [...model.records.values()][command.pick]
            if (!old) continue
            const next = { ...old, outcome: command.outcome, holdsKey: old.holdsKey && command.outcome !== 'NOT_SENT' }
            expect(await journal.replace(next, command.from)).toBe(model.replace(next, command.from))
          } else if (command.kind === 'freeKeys') {
            await journal.freeKeys(command.before)
            for (const { id, startedAt } of model.records.values()) if (startedAt < command.before) model.free(id)
          } else {
            journal.close()
            journal = new Journal(file)
          }
        }
        for (const [place, id] of model.holders) {
          const [caller = '', key = ''] = place.split(' ')
          expect((await journal.holder(caller, 'createConference', key))?.id).toBe(id)
        }
        for (const known of model.records.values()) expect(await journal.find(known.id)).toEqual(known)
        const open = [...model.records.values()].filter((it) => it.outcome === 'PENDING' || it.outcome === 'UNKNOWN')
        expect((await journal.open(0)).length).toBe(open.length)
        journal.close()
      }),
      { numRuns: runs },
    )
  },
  30_000 + runs * 20,
)

test('a store that is taken away while it is open is made anew, so that what is written can be found', async () => {
  const folder = join(temporary(), 'data')
  const file = join(folder, 'operations.sqlite')
  const journal = new Journal(file)
  await journal.begin(record())
  rmSync(folder, { recursive: true })
  expect(await journal.find('one')).toBeNull()
  await journal.begin(record({ id: 'two' }))
  const later = new Journal(file)
  expect(await later.find('two')).toMatchObject({ id: 'two', outcome: 'PENDING' })
  later.close()
  journal.close()
})

test('a store that another file was put in the place of is that file', async () => {
  const folder = temporary()
  const [file, other] = [join(folder, 'operations.sqlite'), join(folder, 'other.sqlite')]
  const [journal, second] = [new Journal(file), new Journal(other)]
  await journal.begin(record())
  await second.begin(record({ id: 'other' }))
  second.close()
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
  renameSync(other, file)
  expect(await journal.find('one')).toBeNull()
  expect(await journal.find('other')).toMatchObject({ id: 'other' })
  journal.close()
})
