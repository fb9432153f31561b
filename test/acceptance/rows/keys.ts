import { expect } from 'vitest'
import { expectReply, type Row } from '../row.ts'
import type { Fixture } from '../fixture.ts'
import {
  create,
  countCreated,
  createInput,
  needs,
  getPayload,
  createRejected,
  remove,
  run,
  createAccepted,
} from './creating.ts'

async function expectReplay(fixture: Fixture): Promise<void> {
  const key = 'replayed-1'
  const input = createInput('berlin', fixture, { idempotencyKey: key })
  const before = countCreated(fixture)
  const first = getPayload(await fixture.query(create, { input: { ...input, clientMutationId: 'a' } }))
  const second = getPayload(await fixture.query(create, { input: { ...input, clientMutationId: 'b' } }))
  expect(first).toMatchObject({ outcome: 'SUCCEEDED', replayed: false, clientMutationId: 'a' })
  expect(second).toEqual({ ...first, replayed: true, clientMutationId: 'b' })
  expect(countCreated(fixture)).toBe(before + 1)
}

async function expectOneExecution(fixture: Fixture): Promise<void> {
  const input = createInput('berlin', fixture, { idempotencyKey: 'at-once-1' })
  const before = countCreated(fixture)
  const replies = await Promise.all(Array.from({ length: 50 }, () => fixture.query(create, { input })))
  const payloads = replies.map(getPayload)
  expect(countCreated(fixture)).toBe(before + 1)
  expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(payloads.map(({ conference }) => JSON.stringify(conference))).size).toBe(1)
  for (const { outcome } of payloads) expect(outcome).toBe('SUCCEEDED')
}

async function expectSeparateKeys(fixture: Fixture): Promise<void> {
  const idempotencyKey = 'shared-1'
  const input = createInput('berlin', fixture, { idempotencyKey })
  const before = countCreated(fixture)
  const own = getPayload(await fixture.query(create, { input }, 'all'))
  const foreign = getPayload(await fixture.query(create, { input }, 'berliner'))
  expect([own, foreign]).toMatchObject([
    { outcome: 'SUCCEEDED', replayed: false },
    { outcome: 'SUCCEEDED', replayed: false },
  ])
  expect(countCreated(fixture)).toBe(before + 2)
  const conferenceId = (own['conference'] as { id: string }).id
  const deletion = getPayload(await fixture.query(remove, { input: { conferenceId, idempotencyKey } }))
  expect(deletion).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
}

/** Checks that every replay creates a new credential, and returns none to a caller without the scope. */
async function expectNewCredentials(fixture: Fixture): Promise<void> {
  const conference = getPayload(await fixture.query(create, { input: createInput('zoom', fixture) }))['conference'] as {
    id: string
  }
  const input = { conferenceId: conference.id, idempotencyKey: 'run-1' }
  const [first, second] = [await fixture.query(run, { input }), await fixture.query(run, { input })].map(getPayload)
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
      const input = createInput('berlin', fixture, { idempotencyKey: 'reused-1' })
      expect(getPayload(await fixture.query(create, { input }))).toMatchObject({ outcome: 'SUCCEEDED' })
      const before = fixture.countCalls()
      const reply = await fixture.query(create, { input: { ...input, title: 'another' } })
      expectReply(reply, createRejected('the same key', 'berlin', {}, ['idempotencyKey'], 'IDEMPOTENCY_KEY_REUSED'))
      expect(fixture.countCalls()).toBe(before)
    },
  },
  {
    id: 'C33',
    title: 'replays a mutation with the same key and input',
    needs,
    check: async (fixture) => {
      await expectReplay(fixture)
      await expectNewCredentials(fixture)
    },
  },
  { id: 'C34', title: 'executes 50 concurrent mutations with the same key once', needs, check: expectOneExecution },
  { id: 'C35', title: 'keeps the keys of different callers and mutations apart', needs, check: expectSeparateKeys },
  {
    id: 'C36',
    title: 'rejects invalid idempotency keys',
    needs,
    cases: [
      ...['', 'a'.repeat(256), 'a b', 'a\u0000', 'ä', 'a\n'].map((key) =>
        createRejected(JSON.stringify(key.slice(0, 5)), 'berlin', { idempotencyKey: key }, ['idempotencyKey']),
      ),
      createAccepted('no key', 'berlin', {}),
      createAccepted('the longest key', 'berlin', { idempotencyKey: '~'.repeat(255) }),
    ],
  },
]
