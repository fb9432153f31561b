import { expect } from 'vitest'
import { hold, type Row } from '../row.ts'
import type { Fixture } from '../fixture.ts'
import { create, created, inputFor, needs, payloadOf, refused, remove, run, works } from './creating.ts'

async function replays(fixture: Fixture): Promise<void> {
  const key = 'replayed-1'
  const input = inputFor('berlin', fixture, { idempotencyKey: key })
  const before = created(fixture)
  const first = payloadOf(await fixture.query(create, { input: { ...input, clientMutationId: 'a' } }))
  const second = payloadOf(await fixture.query(create, { input: { ...input, clientMutationId: 'b' } }))
  expect(first).toMatchObject({ outcome: 'SUCCEEDED', replayed: false, clientMutationId: 'a' })
  expect(second).toEqual({ ...first, replayed: true, clientMutationId: 'b' })
  expect(created(fixture)).toBe(before + 1)
}

async function runsOnce(fixture: Fixture): Promise<void> {
  const input = inputFor('berlin', fixture, { idempotencyKey: 'at-once-1' })
  const before = created(fixture)
  const replies = await Promise.all(Array.from({ length: 50 }, () => fixture.query(create, { input })))
  const payloads = replies.map(payloadOf)
  expect(created(fixture)).toBe(before + 1)
  expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(payloads.map(({ conference }) => JSON.stringify(conference))).size).toBe(1)
  for (const { outcome } of payloads) expect(outcome).toBe('SUCCEEDED')
}

async function independent(fixture: Fixture): Promise<void> {
  const idempotencyKey = 'shared-1'
  const input = inputFor('berlin', fixture, { idempotencyKey })
  const before = created(fixture)
  const mine = payloadOf(await fixture.query(create, { input }, 'all'))
  const theirs = payloadOf(await fixture.query(create, { input }, 'berliner'))
  expect([mine, theirs]).toMatchObject([
    { outcome: 'SUCCEEDED', replayed: false },
    { outcome: 'SUCCEEDED', replayed: false },
  ])
  expect(created(fixture)).toBe(before + 2)
  const conferenceId = (mine['conference'] as { id: string }).id
  const gone = payloadOf(await fixture.query(remove, { input: { conferenceId, idempotencyKey } }))
  expect(gone).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
}

/** A credential is made anew at every replay, and goes to nobody without the scope. */
async function credentialsAnew(fixture: Fixture): Promise<void> {
  const conference = payloadOf(await fixture.query(create, { input: inputFor('zoom', fixture) }))['conference'] as {
    id: string
  }
  const input = { conferenceId: conference.id, idempotencyKey: 'run-1' }
  const [first, second] = [await fixture.query(run, { input }), await fixture.query(run, { input })].map(payloadOf)
  expect(first!['startUrl']).toMatch(/zak=/)
  expect(second).toMatchObject({ replayed: true, startUrl: expect.stringMatching(/zak=/) })
  const { text } = await fixture.query(run, { input: { conferenceId: conference.id } }, 'zoomer')
  expect(text).not.toMatch(/zak=/)
}

export const keyRows: Row[] = [
  {
    id: 'C32',
    title: 'rejects an idempotency key with a different input',
    needs,
    check: async (fixture) => {
      const input = inputFor('berlin', fixture, { idempotencyKey: 'reused-1' })
      expect(payloadOf(await fixture.query(create, { input }))).toMatchObject({ outcome: 'SUCCEEDED' })
      const before = fixture.calls()
      const reply = await fixture.query(create, { input: { ...input, title: 'another' } })
      hold(reply, refused('again', 'berlin', {}, ['idempotencyKey'], 'IDEMPOTENCY_KEY_REUSED'))
      expect(fixture.calls()).toBe(before)
    },
  },
  {
    id: 'C33',
    title: 'replays a mutation with the same key and input',
    needs,
    check: async (fixture) => {
      await replays(fixture)
      await credentialsAnew(fixture)
    },
  },
  { id: 'C34', title: 'executes 50 concurrent mutations with the same key once', needs, check: runsOnce },
  { id: 'C35', title: 'keeps the keys of different callers and mutations apart', needs, check: independent },
  {
    id: 'C36',
    title: 'rejects invalid idempotency keys',
    needs,
    cases: [
      ...['', 'a'.repeat(256), 'a b', 'a\u0000', 'ä', 'a\n'].map((key) =>
        refused(JSON.stringify(key.slice(0, 5)), 'berlin', { idempotencyKey: key }, ['idempotencyKey']),
      ),
      works('no key', 'berlin', {}),
      works('the longest key', 'berlin', { idempotencyKey: '~'.repeat(255) }),
    ],
  },
]
