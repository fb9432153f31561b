import { expect, test } from 'vitest'
import { alterBody } from './alter-body.ts'
import { createFault, runRows, type Row } from './row.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { creating } from './vendor.ts'

/** The faults F01 to F05 in the response to a mutation. Those in the response to a read are tested with the lists. */
const withoutId: Row = {
  id: '[F01] a new conference without an ID',
  injectFault: createFault(
    alterBody((body) => (body === '' ? '{"conference":{"topic":"Fault"}}' : body.replace(/"id":/, '"idea":'))),
  ),
  write: 'RB',
  calls: [0, 1],
}
runRows([withoutId])

const mutation = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) {
    outcome problems { code message }
    conference { id vendorId title description state mode maxParticipants createdAt tags raw
      schedule { __typename } owner { vendorId } }
  }
}`

/** Replaces the value of the first member with this name. */
const replaceValue = (name: string, json: string) => (body: string) =>
  body.replace(new RegExp(`"${name}":("[^"]*"|\\[[^\\]]*\\]|\\{[^}]*\\}|[^,}]+)`), `"${name}":${json}`)

const cases: [id: string, change: (body: string) => string, expected: object][] = [
  ['[F01] reads a missing title as an empty string', replaceValue('topic', 'null'), { title: '' }],
  ['[F01] reads missing tags as an empty list', replaceValue('tags', 'null'), { tags: [] }],
  [
    '[F02] reads an unknown state as UNKNOWN',
    replaceValue('state', '"levitating"'),
    { state: 'UNKNOWN', raw: { state: 'levitating' } },
  ],
  ['[F02] reads an unknown mode as null', replaceValue('type', '9'), { mode: null, raw: { type: 9 } }],
  ['[F03] reads a number from a string', replaceValue('max_participants', '"12"'), { maxParticipants: 12 }],
  ['[F03] reads a string from a number', replaceValue('topic', '2026'), { title: '2026' }],
  [
    '[F03] reads an object in place of a string as an empty string',
    replaceValue('topic', '{"secret":1}'),
    { title: '', raw: { topic: {} } },
  ],
  [
    '[F03] reads a word in place of a number as null',
    replaceValue('max_participants', '"many"'),
    { maxParticipants: null },
  ],
  [
    '[F03] reads a fraction in place of an integer as null',
    replaceValue('max_participants', '"12.5"'),
    { maxParticipants: null },
  ],
  [
    '[F03] reads an integer beyond 2^31 as null',
    replaceValue('max_participants', '3000000000'),
    { maxParticipants: null },
  ],
  ['[F03] reads false in place of a string as null', replaceValue('description', 'false'), { description: null }],
  ['[F03] reads a string in place of a list as an empty list', replaceValue('tags', '""'), { tags: [] }],
  ['[F03] reads a map in place of a list', replaceValue('tags', '{"0":"a","2":"b"}'), { tags: ['a', 'b'] }],
  ['[F03] reads a list in place of an object as null', replaceValue('schedule', '[]'), { schedule: null }],
  ['[F04] reads an ID beyond 2^53 exactly', replaceValue('id', '85746065432101234'), { vendorId: '85746065432101234' }],
  ['[F05] reads a time in seconds', replaceValue('created_at', '1700000000'), { createdAt: '2023-11-14T22:13:20Z' }],
  [
    '[F05] reads a time in milliseconds',
    replaceValue('created_at', '1700000000000'),
    { createdAt: '2023-11-14T22:13:20Z' },
  ],
  [
    '[F05] reads a time without an offset as UTC',
    replaceValue('created_at', '"2023-11-14T22:13:20"'),
    { createdAt: '2023-11-14T22:13:20Z' },
  ],
  [
    '[F05] reads an invalid date as null',
    replaceValue('created_at', '"0000-00-00"'),
    { createdAt: null, raw: { created_at: '0000-00-00' } },
  ],
  [
    '[F05] reads a date in the year 10000 as null',
    replaceValue('created_at', '"+010000-01-01T00:00:00Z"'),
    { createdAt: null },
  ],
]

test.concurrent.each(cases)('%s', (_, change, expected) =>
  countRow(() =>
    runWithFixture({}, async ({ v, first }) => {
      v.injectFault({ match: creating, applied: true, kind: alterBody(change) })
      const { data, errors } = await first.send(mutation, { input: { account: 'v', title: 'Fields', ...v.input } })
      expect(errors).toBeUndefined()
      expect(data!['createConference']).toMatchObject({ outcome: 'SUCCEEDED', problems: [], conference: expected })
      expect(v.countCreated()).toBe(1)
      expect(v.calls().filter(({ method }) => method === 'POST')).toHaveLength(1)
    }),
  ),
)

closeAfterAll('fields')
