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
    ['a type name without the prefix', { __typename: 'User', id: 'x' }, ['__typename']],
    ['a type that is no entity', { __typename: 'MeetingSession', id: 'x' }, ['__typename']],
    ['__proto__ as the type', { __typename: 'Meeting__proto__', id: 'x' }, ['__typename']],
    ['a user without a key', { __typename: 'MeetingUser' }, []],
    ['a user without a vendor ID', { __typename: 'MeetingUser', account: { key: 'zoom' } }, []],
    ['an account that is a text', { __typename: 'MeetingUser', account: 'zoom', vendorId: 'x' }, []],
    ['a vendor ID that is a number', { __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: 7 }, []],
    ['an operation without an ID', { __typename: 'MeetingOperation', key: 'x' }, []],
    ['an ID that is a number', { __typename: 'MeetingUser', id: 7 }, ['id']],
    ['a vendor ID of two dots', { __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: '..' }, ['vendorId']],
    ['an empty vendor ID', { __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: '' }, ['vendorId']],
    ['an empty account key', { __typename: 'MeetingUser', account: { key: '' }, vendorId: 'x' }, ['vendorId']],
    [
      'a vendor ID of 3,000 characters',
      { __typename: 'MeetingUser', account: { key: 'zoom' }, vendorId: 'x'.repeat(3_000) },
      ['vendorId'],
    ],
    ['an account key with a colon', { __typename: 'MeetingAccount', key: 'zoom:x' }, ['key']],
    ['an inherited type name', Object.create({ __typename: 'MeetingUser', id: 'x' }), ['__typename']],
  ])('names the wrong part of a representation with %s', (_, representation, path) => {
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
