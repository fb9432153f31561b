import { expect } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import { bothWays, type Case, type Row } from '../row.ts'
import type { Who, Fixture } from '../fixture.ts'
import { create, inputFor, needs, oneTime, payloadOf, refused, remove, send, works, type Key } from './creating.ts'

function unreadable(what: string, more: object, path: string, wanted: RegExp): Case {
  const says = new RegExp(`^\\$input\\.${path.replaceAll('.', '\\.')}: .*${wanted.source}`)
  return { what, send: send('berlin', more), status: 400, level: 'request', code: 'BAD_USER_INPUT', says }
}

const scheduled = (more: object) => ({ schedule: { oneTime: { ...oneTime, ...more } } })
const timed: Key[] = ['zoom', 'berlin']

/** Texts longer than their fields allow, of a kind that would otherwise be stored for 30 days. */
const longTexts: [name: string, value: unknown, path: string[]][] = [
  ['description', 'x'.repeat(1_000_000), ['description']],
  ['passcode', 'x'.repeat(100_000), ['passcode']],
  ['tags', ['x'.repeat(100_000)], ['tags', '0']],
  ['owner', { vendorId: 'x'.repeat(100_000) }, ['owner', 'vendorId']],
  ['clientMutationId', 'x'.repeat(100_000), ['clientMutationId']],
  ['vendorOptions', { a: 'x'.repeat(100_000) }, ['vendorOptions']],
  ['vendorOptions', { ['x'.repeat(100_000)]: 1 }, ['vendorOptions']],
]

const emailOf = (value: unknown) =>
  bothWays(value, 'EmailAddress', (text) => `users(filter: { email: ${text} }) { nodes { id } }`)
const badEmails = [
  'a',
  'a@',
  '@b',
  'a@b\r\nBcc:x',
  `${'a'.repeat(10_000)}@b.c`,
  '"x y"@z',
  'a@b.c.',
  'a@b@c',
  'a b@c',
  5,
]

/** Mutations of what is in accounts of others. */
export async function unseenByMutations(fixture: Fixture): Promise<void> {
  const { data } = await fixture.query('{ conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }')
  const foreign = data!['conferences'].nodes[0].id as string
  const answers = []
  for (const conferenceId of [foreign, encodeId('Conference', 'nowhere', 'x')]) {
    const before = fixture.calls()
    const { problems, outcome } = payloadOf(await fixture.query(remove, { input: { conferenceId } }, 'berliner'))
    expect(fixture.calls()).toBe(before)
    answers.push({ problems, outcome })
  }
  expect(answers[0]).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'NOT_FOUND' }] })
  expect(answers[0]).toEqual(answers[1])
  const { problems } = payloadOf(
    await fixture.query(create, { input: inputFor('zoom', fixture) }, 'berliner' satisfies Who),
  )
  const missing = payloadOf(
    await fixture.query(create, { input: { ...inputFor('zoom', fixture), account: 'nowhere' } }, 'berliner'),
  )
  expect(problems).toEqual(missing.problems)
}

export const meInInputs: Case[] = [
  refused('me', 'zoom', { owner: { vendorId: 'me' } }, ['owner', 'vendorId']),
  refused('an id', 'zoom', { owner: { id: 'x' } }, ['owner', 'id'], 'INVALID_ID'),
]

export const mutationRows: Row[] = [
  {
    id: 'C37',
    title: 'accepts valid email addresses and rejects others',
    cases: [
      ...badEmails.flatMap((email) =>
        emailOf(email).map(({ way, query, variables }): Case => ({
          what: `${String(email).slice(0, 20)} as a ${way}`,
          send: (fixture) => fixture.query(query, variables),
          status: 400,
          level: 'request',
          code: way === 'literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
          says: way === 'literal' ? /^filter\.email: .*EmailAddress/ : /^\$v: .*EmailAddress/,
        })),
      ),
      ...['ada@bücher.example', 'ada@例え.テスト', "o'neil+x@example.com"].map((email): Case => ({
        what: email,
        send: (fixture) => fixture.query(emailOf(email)[1]!.query, { v: email }),
        status: 200,
        level: 'works',
      })),
    ],
  },
  {
    id: 'C38',
    title: 'accepts valid times and rejects others',
    needs,
    cases: [
      ...[
        '2027-02-30T10:00:00Z',
        '2027-01-01T24:00:00Z',
        '2027-06-30T23:59:60Z',
        '2027-01-01T10:00:00',
        '2027-01-01',
        'x',
        '2027-01-01T10:00:00+24:00',
      ].map((text) =>
        unreadable(
          text,
          scheduled({ startsAt: text }),
          'schedule.oneTime.startsAt',
          /RFC 3339 format with a UTC offset/,
        ),
      ),
      ...timed.flatMap((account) =>
        ['2001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'].map((text) =>
          refused(text, account, scheduled({ startsAt: text }), ['schedule', 'oneTime', 'startsAt']),
        ),
      ),
    ],
  },
  {
    id: 'C39',
    title: 'time zones',
    needs,
    cases: ['Mars/Base', '+25:00', 'UTC\n', '', '../../etc/passwd'].map((text) =>
      unreadable(JSON.stringify(text), scheduled({ timeZone: text }), 'schedule.oneTime.timeZone', /IANA name/),
    ),
  },
  {
    id: 'C40',
    title: 'accepts valid durations and titles and rejects others',
    needs,
    cases: [
      ...timed.flatMap((account) =>
        [0, -1, 1e9].map((durationMinutes) =>
          refused(`${durationMinutes} minutes`, account, scheduled({ durationMinutes }), [
            'schedule',
            'oneTime',
            'durationMinutes',
          ]),
        ),
      ),
      ...(['zoom', 'berlin', 'central'] as const).flatMap((account) =>
        ['', '   ', 'a\u0000b', 'a'.repeat(account === 'zoom' ? 201 : 256)].map((title) =>
          refused(`title ${JSON.stringify(title.slice(0, 5))}`, account, { title }, ['title']),
        ),
      ),
      ...(['zoom', 'berlin', 'central'] as const).map((account) => works('emoji', account, { title: '👩‍👩‍👧‍👦 🎉' })),
    ],
  },
  {
    id: 'C41',
    title: 'rejects inputs that the vendor does not support',
    needs,
    cases: [
      ...Object.entries({
        mode: 'MODERATED',
        maxParticipants: 5,
        tags: ['a'],
        passcode: 'a1',
        schedule: { oneTime },
      }).map(([name, value]) => refused(name, 'central', { [name]: value }, [name], 'UNSUPPORTED_BY_VENDOR')),
      ...Object.entries({ mode: 'MODERATED', maxParticipants: 5, tags: ['a'], autoInvite: true }).map(([name, value]) =>
        refused(name, 'zoom', { [name]: value }, [name], 'UNSUPPORTED_BY_VENDOR'),
      ),
      refused('passcode', 'berlin', { passcode: 'a1' }, ['passcode'], 'UNSUPPORTED_BY_VENDOR'),
    ],
  },
  {
    id: 'C41b',
    title: 'rejects vendor options that are inputs, and invalid conference IDs',
    needs,
    cases: [
      ...Object.entries({
        zoom: ['topic', 'password', 'schedule_for', 'start_time'],
        berlin: ['topic', 'owner', 'schedule', 'tags'],
        central: ['workspaceName', 'description'],
      }).flatMap(([account, options]) =>
        options.map((name) =>
          refused(name, account as Key, { vendorOptions: { [name]: 'x' } }, ['vendorOptions', name]),
        ),
      ),
      ...['', 'a b', 'a/b', 'ü', 'x'.repeat(129), 7, {}, []].map((id) =>
        refused(`the ID ${JSON.stringify(id).slice(0, 9)}`, 'berlin', { vendorOptions: { id } }, [
          'vendorOptions',
          'id',
        ]),
      ),
      ...['', 'a b', 'a/b', 'ü', 'x'.repeat(256), 'deleted1', 7].map((urlShortName) =>
        refused(
          `the name ${JSON.stringify(urlShortName).slice(0, 9)}`,
          'central',
          { vendorOptions: { urlShortName } },
          ['vendorOptions', 'urlShortName'],
        ),
      ),
      ...[7, [7], [{ display_name: 'x' }], Array.from({ length: 251 }, () => ({ id: 'helen' }))].map((invitations) =>
        refused('invitations', 'berlin', { vendorOptions: { invitations } }, ['vendorOptions', 'invitations']),
      ),
      works('a chosen ID', 'berlin', { vendorOptions: { id: 'board_room_c41b' } }),
      works('a chosen short name', 'central', { vendorOptions: { urlShortName: 'board-room_c41b' } }),
    ],
  },
  {
    id: 'C41a',
    title: 'rejects strings that are longer than their field allows',
    needs,
    cases: [
      ...(['zoom', 'berlin', 'central'] as const).flatMap((account) =>
        longTexts.map(([name, value, path]) => refused(`a long ${name}`, account, { [name]: value }, path)),
      ),
      ...['account', 'idempotencyKey'].map((name) =>
        refused(`a long ${name}`, 'berlin', { [name]: 'x'.repeat(100_000) }, [name]),
      ),
    ],
  },
]
