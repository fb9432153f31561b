import { expect, test } from 'vitest'
import { altered } from './altered.ts'
import { faulty, runRows, type Row } from './row.ts'
import { closeAfterAll, counted, runWithFixture } from './run.ts'
import { creating } from './vendor.ts'

/** What F01 to F05 make of a mutation's answer; what they make of a read's is tested over the lists. */
const nameless: Row = {
  id: '[F01] the new conference has no id',
  spoil: faulty(
    altered((body) => (body === '' ? '{"conference":{"topic":"Fault"}}' : body.replace(/"id":/, '"idea":'))),
  ),
  write: 'RB',
  calls: [0, 1],
}
runRows([nameless])

const mutation = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) {
    outcome problems { code message }
    conference { id vendorId title description state mode maxParticipants createdAt tags raw
      schedule { __typename } owner { vendorId } }
  }
}`

/** The first member of that name in the answer, with other JSON for its value. */
const instead = (name: string, json: string) => (body: string) =>
  body.replace(new RegExp(`"${name}":("[^"]*"|\\[[^\\]]*\\]|\\{[^}]*\\}|[^,}]+)`), `"${name}":${json}`)

const cases: [id: string, change: (body: string) => string, expected: object][] = [
  ['[F01] no title', instead('topic', 'null'), { title: '' }],
  ['[F01] no tags', instead('tags', 'null'), { tags: [] }],
  ['[F02] a state that is new', instead('state', '"levitating"'), { state: 'UNKNOWN', raw: { state: 'levitating' } }],
  ['[F02] a mode that is new', instead('type', '9'), { mode: null, raw: { type: 9 } }],
  ['[F03] a number as a string', instead('max_participants', '"12"'), { maxParticipants: 12 }],
  ['[F03] a string as a number', instead('topic', '2026'), { title: '2026' }],
  ['[F03] an object for a text', instead('topic', '{"secret":1}'), { title: '', raw: { topic: {} } }],
  ['[F03] a word for a number', instead('max_participants', '"many"'), { maxParticipants: null }],
  ['[F03] a fraction for a number', instead('max_participants', '"12.5"'), { maxParticipants: null }],
  ['[F03] a number past 2^31', instead('max_participants', '3000000000'), { maxParticipants: null }],
  ['[F03] false for a text', instead('description', 'false'), { description: null }],
  ['[F03] a text for a list', instead('tags', '""'), { tags: [] }],
  ['[F03] a map for a list', instead('tags', '{"0":"a","2":"b"}'), { tags: ['a', 'b'] }],
  ['[F03] a list for an object', instead('schedule', '[]'), { schedule: null }],
  ['[F04] an id past 2^53', instead('id', '85746065432101234'), { vendorId: '85746065432101234' }],
  ['[F05] seconds', instead('created_at', '1700000000'), { createdAt: '2023-11-14T22:13:20Z' }],
  ['[F05] milliseconds', instead('created_at', '1700000000000'), { createdAt: '2023-11-14T22:13:20Z' }],
  ['[F05] without a zone', instead('created_at', '"2023-11-14T22:13:20"'), { createdAt: '2023-11-14T22:13:20Z' }],
  ['[F05] no date', instead('created_at', '"0000-00-00"'), { createdAt: null, raw: { created_at: '0000-00-00' } }],
  ['[F05] year 10000', instead('created_at', '"+010000-01-01T00:00:00Z"'), { createdAt: null }],
]

test.concurrent.each(cases)('%s', (_, change, expected) =>
  counted(() =>
    runWithFixture({}, async ({ v, first }) => {
      v.spoil({ match: creating, applied: true, kind: altered(change) })
      const { data, errors } = await first.ask(mutation, { input: { account: 'v', title: 'Fields', ...v.input } })
      expect(errors).toBeUndefined()
      expect(data!['createConference']).toMatchObject({ outcome: 'SUCCEEDED', problems: [], conference: expected })
      expect(v.created()).toBe(1)
      expect(v.calls().filter(({ method }) => method === 'POST')).toHaveLength(1)
    }),
  ),
)

closeAfterAll('fields')
