import { expect } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Payload, Reply } from '../reply.ts'
import { bothWays, hold, type Case, type Row } from '../row.ts'
import type { Who, World } from '../world.ts'

const told = 'outcome replayed clientMutationId problems { code message path } operation { id }'
const create = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { ${told} conference { id title } } }`
const remove = `mutation ($input: DeleteConferenceInput!) { deleteConference(input: $input) { ${told} deletedConferenceId } }`
const run = `mutation ($input: RunConferenceInput!) { runConference(input: $input) { ${told} startUrl conference { id } } }`

type Key = 'zoom' | 'berlin' | 'central'
const startsAt = '2030-05-06T10:00:00Z'
const oneTime = { startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' }
let made = 0

/** What each vendor takes, with `more` over it. */
function inputFor(account: Key, { zoom }: World, more: object = {}): object {
  const owner = { zoom: { email: zoom.userMailOfOwner }, berlin: { vendorId: 'helen' }, central: undefined }[account]
  const schedule = account === 'central' ? undefined : { oneTime }
  return { account, title: `Meeting ${++made}`, owner, schedule, ...more }
}

const send = (account: Key, more: object) => (world: World) =>
  world.query(create, { input: inputFor(account, world, more) })
const payloadOf = ({ data, text }: Reply): Payload => {
  const [payload] = Object.values(data ?? {}) as Payload[]
  expect(payload, text).toBeDefined()
  return payload!
}

function refused(
  what: string,
  account: Key,
  more: object,
  path: string[],
  code: Case['code'] = 'BAD_USER_INPUT',
): Case {
  const says = new RegExp(path.at(-1)!)
  const place = ['input', ...path]
  return {
    what: `${account}: ${what}`,
    send: send(account, more),
    status: 200,
    level: 'payload',
    code: code!,
    says,
    path: place,
  }
}

function unreadable(what: string, more: object, path: string, wanted: RegExp): Case {
  const says = new RegExp(`^\\$input\\.${path.replaceAll('.', '\\.')}: .*${wanted.source}`)
  return { what, send: send('berlin', more), status: 400, level: 'request', code: 'BAD_USER_INPUT', says }
}

const works = (what: string, account: Key, more: object): Case => ({
  what: `${account}: ${what}`,
  send: async (world) => {
    const reply = await send(account, more)(world)
    expect(payloadOf(reply), `${what}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    return reply
  },
  status: 200,
  level: 'works',
})

const scheduled = (more: object) => ({ schedule: { oneTime: { ...oneTime, ...more } } })
const timed: Key[] = ['zoom', 'berlin']
const created = ({ trueconf }: World) => trueconf.effects.filter(({ kind }) => kind === 'createConference').length

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

async function replays(world: World): Promise<void> {
  const key = 'replayed-1'
  const input = inputFor('berlin', world, { idempotencyKey: key })
  const before = created(world)
  const first = payloadOf(await world.query(create, { input: { ...input, clientMutationId: 'a' } }))
  const second = payloadOf(await world.query(create, { input: { ...input, clientMutationId: 'b' } }))
  expect(first).toMatchObject({ outcome: 'SUCCEEDED', replayed: false, clientMutationId: 'a' })
  expect(second).toEqual({ ...first, replayed: true, clientMutationId: 'b' })
  expect(created(world)).toBe(before + 1)
}

async function runsOnce(world: World): Promise<void> {
  const input = inputFor('berlin', world, { idempotencyKey: 'at-once-1' })
  const before = created(world)
  const replies = await Promise.all(Array.from({ length: 50 }, () => world.query(create, { input })))
  const payloads = replies.map(payloadOf)
  expect(created(world)).toBe(before + 1)
  expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(payloads.map(({ conference }) => JSON.stringify(conference))).size).toBe(1)
  for (const { outcome } of payloads) expect(outcome).toBe('SUCCEEDED')
}

async function independent(world: World): Promise<void> {
  const idempotencyKey = 'shared-1'
  const input = inputFor('berlin', world, { idempotencyKey })
  const before = created(world)
  const mine = payloadOf(await world.query(create, { input }, 'all'))
  const theirs = payloadOf(await world.query(create, { input }, 'berliner'))
  expect([mine, theirs]).toMatchObject([
    { outcome: 'SUCCEEDED', replayed: false },
    { outcome: 'SUCCEEDED', replayed: false },
  ])
  expect(created(world)).toBe(before + 2)
  const conferenceId = (mine['conference'] as { id: string }).id
  const gone = payloadOf(await world.query(remove, { input: { conferenceId, idempotencyKey } }))
  expect(gone).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
}

/** A credential is made anew at every replay, and goes to nobody without the scope. */
async function credentialsAnew(world: World): Promise<void> {
  const conference = payloadOf(await world.query(create, { input: inputFor('zoom', world) }))['conference'] as {
    id: string
  }
  const input = { conferenceId: conference.id, idempotencyKey: 'run-1' }
  const [first, second] = [await world.query(run, { input }), await world.query(run, { input })].map(payloadOf)
  expect(first!['startUrl']).toMatch(/zak=/)
  expect(second).toMatchObject({ replayed: true, startUrl: expect.stringMatching(/zak=/) })
  const { text } = await world.query(run, { input: { conferenceId: conference.id } }, 'zoomer')
  expect(text).not.toMatch(/zak=/)
}

/** Mutations of what is in accounts of others. */
export async function unseenByMutations(world: World): Promise<void> {
  const { data } = await world.query('{ conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }')
  const foreign = data!['conferences'].nodes[0].id as string
  const answers = []
  for (const conferenceId of [foreign, encodeId('Conference', 'nowhere', 'x')]) {
    const before = world.calls()
    const { problems, outcome } = payloadOf(await world.query(remove, { input: { conferenceId } }, 'berliner'))
    expect(world.calls()).toBe(before)
    answers.push({ problems, outcome })
  }
  expect(answers[0]).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'NOT_FOUND' }] })
  expect(answers[0]).toEqual(answers[1])
  const { problems } = payloadOf(
    await world.query(create, { input: inputFor('zoom', world) }, 'berliner' satisfies Who),
  )
  const missing = payloadOf(
    await world.query(create, { input: { ...inputFor('zoom', world), account: 'nowhere' } }, 'berliner'),
  )
  expect(problems).toEqual(missing.problems)
}

export const needs = ['createConference', 'deleteConference', 'runConference']

export const meInInputs: Case[] = [
  refused('me', 'zoom', { owner: { vendorId: 'me' } }, ['owner', 'vendorId']),
  refused('an id', 'zoom', { owner: { id: 'x' } }, ['owner', 'id'], 'INVALID_ID'),
]

export const mutationRows: Row[] = [
  {
    id: 'C32',
    title: 'a key used again with another input',
    needs,
    check: async (world) => {
      const input = inputFor('berlin', world, { idempotencyKey: 'reused-1' })
      expect(payloadOf(await world.query(create, { input }))).toMatchObject({ outcome: 'SUCCEEDED' })
      const before = world.calls()
      const reply = await world.query(create, { input: { ...input, title: 'another' } })
      hold(reply, refused('again', 'berlin', {}, ['idempotencyKey'], 'IDEMPOTENCY_KEY_REUSED'))
      expect(world.calls()).toBe(before)
    },
  },
  {
    id: 'C33',
    title: 'the same key and input again',
    needs,
    check: async (world) => {
      await replays(world)
      await credentialsAnew(world)
    },
  },
  { id: 'C34', title: 'the same key fifty times at once', needs, check: runsOnce },
  { id: 'C35', title: "another caller's, another mutation's key", needs, check: independent },
  {
    id: 'C36',
    title: 'keys that are none',
    needs,
    cases: [
      ...['', 'a'.repeat(256), 'a b', 'a\u0000', 'ä', 'a\n'].map((key) =>
        refused(JSON.stringify(key.slice(0, 5)), 'berlin', { idempotencyKey: key }, ['idempotencyKey']),
      ),
      works('no key', 'berlin', {}),
      works('the longest key', 'berlin', { idempotencyKey: '~'.repeat(255) }),
    ],
  },
  {
    id: 'C37',
    title: 'e-mail addresses',
    cases: [
      ...badEmails.flatMap((email) =>
        emailOf(email).map(({ way, query, variables }): Case => ({
          what: `${String(email).slice(0, 20)} as a ${way}`,
          send: (world) => world.query(query, variables),
          status: 400,
          level: 'request',
          code: way === 'literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
          says: way === 'literal' ? /^filter\.email: .*EmailAddress/ : /^\$v: .*EmailAddress/,
        })),
      ),
      ...['ada@bücher.example', 'ada@例え.テスト', "o'neil+x@example.com"].map((email): Case => ({
        what: email,
        send: (world) => world.query(emailOf(email)[1]!.query, { v: email }),
        status: 200,
        level: 'works',
      })),
    ],
  },
  {
    id: 'C38',
    title: 'moments',
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
        unreadable(text, scheduled({ startsAt: text }), 'schedule.oneTime.startsAt', /RFC 3339 with an offset/),
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
    title: 'durations and titles',
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
    title: 'what the vendor has no place for',
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
]
