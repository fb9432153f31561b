import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { packRecord, unpackRecord } from '../../src/operations/packed-record.ts'
import type { OperationRecord } from '../../src/operations/store.ts'
import type { Conference } from '../../src/vendors/vendor-objects.ts'
import { runs } from '../support/property.ts'
import { record } from './store-suite.ts'

const limit = 64 * 1024
const conference = (change: Partial<Conference> = {}): Conference => ({
  vendorId: 'c1',
  kind: 'ROOM',
  title: 'Board',
  description: 'Quarterly',
  mode: null,
  state: 'SCHEDULED',
  schedule: null,
  ownerId: 'helen',
  maxParticipants: null,
  allowGuests: null,
  tags: ['a'],
  joinUrl: 'https://vendor.example/c1',
  createdAt: new Date(5),
  raw: { id: 'c1' },
  ...change,
})
const withConference = (change: Partial<Conference>, more: Partial<OperationRecord> = {}): OperationRecord =>
  record({ outcome: 'SUCCEEDED', result: { type: 'Conference', value: conference(change) }, ...more })
const participants = Array.from({ length: 1_000 }, (_, id) => ({ id, display_name: 'n'.repeat(100) }))

describe('packRecord', () => {
  test('returns a record of usual size unchanged', () => {
    const whole = withConference({})
    expect(unpackRecord(packRecord(whole))).toEqual(whole)
  })

  test.each<[string, OperationRecord, Partial<Conference> | null]>([
    ['omits the raw object first', withConference({ raw: { participants } }), { raw: {} }],
    [
      'truncates long texts next',
      withConference({ raw: { participants }, description: 'x'.repeat(1_000_000), title: '😀'.repeat(100_000) }),
      { raw: {}, description: `${'x'.repeat(499)}…`, title: `${'😀'.repeat(249)}…` },
    ],
    [
      'omits tags',
      withConference({ tags: participants.map(() => 't'.repeat(200)) }),
      {
        raw: {},
        tags: Array.from({ length: 50 }, () => 't'.repeat(200)),
      },
    ],
    ['omits an object with a long ID', withConference({ ownerId: 'x'.repeat(100_000) }), null],
  ])('%s and keeps everything else', (_, whole, changed) => {
    const bytes = packRecord(whole)
    expect(bytes.length).toBeLessThanOrEqual(limit)
    const value = changed && { ...(whole.result!.value as Conference), ...changed }
    expect(unpackRecord(bytes)).toEqual({ ...whole, result: value && { type: 'Conference', value } })
  })

  test('keeps the problems of 250 invitees together with the object', () => {
    const problems = Array.from(
      { length: 250 },
      (_, index) =>
        new Problem('VENDOR_REJECTED', 'The vendor rejected this invitee because of something.', {
          path: ['input', 'invite', String(index)],
          vendorStatus: 400,
          vendorCode: '3000',
          vendorMessage: 'é€'.repeat(150),
          account: 'zoom',
        }),
    )
    const bytes = packRecord(withConference({ raw: { participants } }, { problems }))
    expect(bytes.length).toBeLessThanOrEqual(limit)
    const restored = unpackRecord(bytes)
    expect(restored.problems.map(({ code, path }) => [code, path])).toEqual(
      problems.map(({ code, path }) => [code, path]),
    )
    expect(restored.result?.value.vendorId).toBe('c1')
  })

  test('keeps the lookup of an unresolved operation unless the lookup itself is too large', () => {
    const changes = { tags: participants.map(() => 't'.repeat(20)) }
    const lookup = { kind: 'updated', id: '1', changes } as const
    expect(unpackRecord(packRecord(record({ lookup }))).lookup).toEqual(lookup)
    const large = { ...lookup, changes: { description: 'x'.repeat(100_000) } }
    expect(unpackRecord(packRecord(record({ lookup: large }))).lookup).toBeNull()
  })
})

describe('unpackRecord', () => {
  const stored = (change: Partial<OperationRecord> = {}) => deserialize(packRecord(record(change))) as object

  test.each<[string, unknown]>([
    ['no object', 5],
    ['nothing', {}],
    ['an unknown outcome', { ...stored(), outcome: 'PERHAPS' }],
    ['an invalid time', { ...stored(), startedAt: Number.NaN }],
    ['a problem without a code', { ...stored(), problems: [{}] }],
  ])('rejects %s', (_, value) => {
    expect(() => unpackRecord(serialize(value))).toThrow()
  })

  test('returns the outcome of a record whose object is unreadable', () => {
    const broken = { ...stored({ outcome: 'SUCCEEDED' }), answer: { type: 'Conference', value: { vendorId: 'c1' } } }
    expect(unpackRecord(serialize(broken))).toMatchObject({ outcome: 'SUCCEEDED', result: null })
  })

  test('returns a record or throws an Error for any bytes', () => {
    const bytes = packRecord(withConference({}, { problems: [new Problem('NOT_FOUND', 'No.')] }))
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(bytes.length), (changes, length) => {
        const broken = Buffer.from(bytes)
        for (const [index, value] of changes) broken[index] = value
        try {
          const read = unpackRecord(broken.subarray(0, Math.max(length, 1)))
          expect(read.outcome).toMatch(/^[A-Z_]+$/)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      runs(1_000, 100_000),
    )
  })
})
