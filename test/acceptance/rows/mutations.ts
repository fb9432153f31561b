import { expect } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import { createBothForms, type Case, type Row } from '../row.ts'
import type { CallerName, Fixture } from '../fixture.ts'
import {
  create,
  createInput,
  needs,
  oneTime,
  getPayload,
  createRejected,
  remove,
  createSender,
  createAccepted,
  type AccountKey,
} from './creating.ts'

function createUnreadable(name: string, more: object, path: string, expected: RegExp): Case {
  const message = new RegExp(`^\\$input\\.${path.replaceAll('.', '\\.')}: .*${expected.source}`)
  return { name, send: createSender('berlin', more), status: 400, level: 'request', code: 'BAD_USER_INPUT', message }
}

const withSchedule = (more: object) => ({ schedule: { oneTime: { ...oneTime, ...more } } })
const accountsWithTimes: AccountKey[] = ['zoom', 'berlin']

/** Strings that are longer than their fields allow. Without the limits, they would be stored for 30 days. */
const longTexts: [name: string, value: unknown, path: string[]][] = [
  ['description', 'x'.repeat(1_000_000), ['description']],
  ['passcode', 'x'.repeat(100_000), ['passcode']],
  ['tags', ['x'.repeat(100_000)], ['tags', '0']],
  ['owner', { vendorId: 'x'.repeat(100_000) }, ['owner', 'vendorId']],
  ['clientMutationId', 'x'.repeat(100_000), ['clientMutationId']],
  ['vendorOptions', { a: 'x'.repeat(100_000) }, ['vendorOptions']],
  ['vendorOptions', { ['x'.repeat(100_000)]: 1 }, ['vendorOptions']],
]

const createEmailForms = (value: unknown) =>
  createBothForms(value, 'EmailAddress', (text) => `users(filter: { email: ${text} }) { nodes { id } }`)
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

/** Checks that mutations do not distinguish foreign objects and accounts from missing ones. */
export async function expectHiddenFromMutations(fixture: Fixture): Promise<void> {
  const { data } = await fixture.query('{ conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }')
  const foreign = data!['conferences'].nodes[0].id as string
  const results = []
  for (const conferenceId of [foreign, encodeId('Conference', 'nowhere', 'x')]) {
    const before = fixture.countCalls()
    const { problems, outcome } = getPayload(await fixture.query(remove, { input: { conferenceId } }, 'berliner'))
    expect(fixture.countCalls()).toBe(before)
    results.push({ problems, outcome })
  }
  expect(results[0]).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'NOT_FOUND' }] })
  expect(results[0]).toEqual(results[1])
  const { problems } = getPayload(
    await fixture.query(create, { input: createInput('zoom', fixture) }, 'berliner' satisfies CallerName),
  )
  const missing = getPayload(
    await fixture.query(create, { input: { ...createInput('zoom', fixture), account: 'nowhere' } }, 'berliner'),
  )
  expect(problems).toEqual(missing.problems)
}

export const meInputCases: Case[] = [
  createRejected('me', 'zoom', { owner: { vendorId: 'me' } }, ['owner', 'vendorId']),
  createRejected('an id', 'zoom', { owner: { id: 'x' } }, ['owner', 'id'], 'INVALID_ID'),
]

export const mutationRows: Row[] = [
  {
    id: 'C37',
    title: 'accepts valid email addresses and rejects others',
    cases: [
      ...badEmails.flatMap((email) =>
        createEmailForms(email).map(({ form, query, variables }): Case => ({
          name: `${String(email).slice(0, 20)} as a ${form}`,
          send: (fixture) => fixture.query(query, variables),
          status: 400,
          level: 'request',
          code: form === 'literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
          message: form === 'literal' ? /^filter\.email: .*EmailAddress/ : /^\$v: .*EmailAddress/,
        })),
      ),
      ...['ada@bücher.example', 'ada@例え.テスト', "o'neil+x@example.com"].map((email): Case => ({
        name: email,
        send: (fixture) => fixture.query(createEmailForms(email)[1]!.query, { v: email }),
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
        createUnreadable(
          text,
          withSchedule({ startsAt: text }),
          'schedule.oneTime.startsAt',
          /RFC 3339 format with a UTC offset/,
        ),
      ),
      ...accountsWithTimes.flatMap((account) =>
        ['2001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'].map((text) =>
          createRejected(text, account, withSchedule({ startsAt: text }), ['schedule', 'oneTime', 'startsAt']),
        ),
      ),
    ],
  },
  {
    id: 'C39',
    title: 'rejects unknown time zones',
    needs,
    cases: ['Mars/Base', '+25:00', 'UTC\n', '', '../../etc/passwd'].map((text) =>
      createUnreadable(
        JSON.stringify(text),
        withSchedule({ timeZone: text }),
        'schedule.oneTime.timeZone',
        /IANA name/,
      ),
    ),
  },
  {
    id: 'C40',
    title: 'accepts valid durations and titles and rejects others',
    needs,
    cases: [
      ...accountsWithTimes.flatMap((account) =>
        [0, -1, 1e9].map((durationMinutes) =>
          createRejected(`${durationMinutes} minutes`, account, withSchedule({ durationMinutes }), [
            'schedule',
            'oneTime',
            'durationMinutes',
          ]),
        ),
      ),
      ...(['zoom', 'berlin', 'central'] as const).flatMap((account) =>
        ['', '   ', 'a\u0000b', 'a'.repeat(account === 'zoom' ? 201 : 256)].map((title) =>
          createRejected(`title ${JSON.stringify(title.slice(0, 5))}`, account, { title }, ['title']),
        ),
      ),
      ...(['zoom', 'berlin', 'central'] as const).map((account) =>
        createAccepted('emoji', account, { title: '👩‍👩‍👧‍👦 🎉' }),
      ),
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
      }).map(([name, value]) => createRejected(name, 'central', { [name]: value }, [name], 'UNSUPPORTED_BY_VENDOR')),
      ...Object.entries({ mode: 'MODERATED', maxParticipants: 5, tags: ['a'], autoInvite: true }).map(([name, value]) =>
        createRejected(name, 'zoom', { [name]: value }, [name], 'UNSUPPORTED_BY_VENDOR'),
      ),
      createRejected('passcode', 'berlin', { passcode: 'a1' }, ['passcode'], 'UNSUPPORTED_BY_VENDOR'),
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
          createRejected(name, account as AccountKey, { vendorOptions: { [name]: 'x' } }, ['vendorOptions', name]),
        ),
      ),
      ...['', 'a b', 'a/b', 'ü', 'x'.repeat(129), 7, {}, []].map((id) =>
        createRejected(`the ID ${JSON.stringify(id).slice(0, 9)}`, 'berlin', { vendorOptions: { id } }, [
          'vendorOptions',
          'id',
        ]),
      ),
      ...['', 'a b', 'a/b', 'ü', 'x'.repeat(256), 'deleted1', 7].map((urlShortName) =>
        createRejected(
          `the name ${JSON.stringify(urlShortName).slice(0, 9)}`,
          'central',
          { vendorOptions: { urlShortName } },
          ['vendorOptions', 'urlShortName'],
        ),
      ),
      ...[7, [7], [{ display_name: 'x' }], Array.from({ length: 251 }, () => ({ id: 'helen' }))].map((invitations) =>
        createRejected('invitations', 'berlin', { vendorOptions: { invitations } }, ['vendorOptions', 'invitations']),
      ),
      createAccepted('a chosen ID', 'berlin', { vendorOptions: { id: 'board_room_c41b' } }),
      createAccepted('a chosen short name', 'central', { vendorOptions: { urlShortName: 'board-room_c41b' } }),
    ],
  },
  {
    id: 'C41a',
    title: 'rejects strings that are longer than their field allows',
    needs,
    cases: [
      ...(['zoom', 'berlin', 'central'] as const).flatMap((account) =>
        longTexts.map(([name, value, path]) => createRejected(`a long ${name}`, account, { [name]: value }, path)),
      ),
      ...['account', 'idempotencyKey'].map((name) =>
        createRejected(`a long ${name}`, 'berlin', { [name]: 'x'.repeat(100_000) }, [name]),
      ),
    ],
  },
]
