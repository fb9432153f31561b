import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SubgraphNames } from '../../src/federation/names.ts'
import { readRepresentation } from '../../src/federation/representation.ts'
import { encodeId, parseId } from '../../src/schema/ids.ts'
import { anyText, runs } from '../support/property.ts'

const names = new SubgraphNames('Meeting')

describe('readRepresentation', () => {
  test.each([
    [{ __typename: 'MeetingAccount', key: 'zoom' }, 'Account', encodeId('Account', 'zoom')],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: 'a b' }, 'User', encodeId('User', 'zoom', 'a b')],
    [
      { __typename: 'MeetingConference', id: null, account: { key: 'zoom' }, vendorId: '1' },
      'Conference',
      encodeId('Conference', 'zoom', '1'),
    ],
    [{ __typename: 'MeetingUser', id: 'x', account: { key: 'zoom' }, vendorId: 'y' }, 'User', 'x'],
  ])('returns the ID of %j', (representation, type, id) => {
    expect(readRepresentation(representation, names)).toEqual({ type, id })
  })

  test.each([
    [{ __typename: 'User', id: 'x' }, ['__typename']],
    [{ __typename: 'MeetingSession', id: 'x' }, ['__typename']],
    [{ __typename: 'Meeting__proto__', id: 'x' }, ['__typename']],
    [{ __typename: 'MeetingUser' }, []],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' } }, []],
    [{ __typename: 'MeetingUser', account: 'zoom', vendorId: 'x' }, []],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: 7 }, []],
    [{ __typename: 'MeetingOperation', key: 'x' }, []],
    [{ __typename: 'MeetingUser', id: 7 }, ['id']],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: '..' }, ['vendorId']],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: '' }, ['vendorId']],
    [{ __typename: 'MeetingUser', account: { key: '' }, vendorId: 'x' }, ['vendorId']],
    [{ __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: 'x'.repeat(3_000) }, ['vendorId']],
    [{ __typename: 'MeetingAccount', key: 'zoom:x' }, ['key']],
    [Object.create({ __typename: 'MeetingUser', id: 'x' }), ['__typename']],
  ])('names the wrong part of %j', (representation, path) => {
    expect(readRepresentation(representation, names)).toMatchObject({ path })
  })

  test('reads any JSON value', () => {
    const part = fc.oneof(fc.jsonValue(), anyText, fc.constantFrom('zoom', 'x', null))
    const representation = fc.record(
      {
        __typename: fc.oneof(fc.constantFrom('MeetingUser', 'MeetingAccount', 'MeetingConference', 'User'), part),
        id: part,
        key: part,
        account: fc.oneof(fc.record({ key: part }), part),
        vendorId: part,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), representation), (value) => {
        const read = readRepresentation(value, names)
        if ('requirement' in read) expect(read.requirement).toMatch(/^must /)
        else if (!Object.hasOwn(value as object, 'id') || (value as { id?: unknown }).id == null)
          expect(parseId(read.id)?.type).toBe(read.type)
      }),
      runs(150, 20_000),
    )
  })
})
