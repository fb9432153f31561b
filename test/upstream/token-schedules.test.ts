import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { AccessToken } from '../../src/upstream/token-provider.ts'
import { runs } from '../support/property.ts'
import { life, Fixture } from './token-fixture.ts'

/** What a test can observe of a token provider. */
class Model {
  /** When the newest token was fetched. Null if there is none or it was rejected. */
  fetchedAt: number | null = null
  newest = 0
  /** The latest generation that was rejected. */
  dead = 0
  failedAt = -Infinity
}

class Real extends Fixture {
  tokens: AccessToken[] = []
  waiting = new Map<symbol, AbortController>()
  broken: unknown[] = []
}

type Command = fc.AsyncCommand<Model, Real>

const command = (name: string, act: (model: Model, real: Real) => void): Command => ({
  check: () => true,
  toString: () => name,
  run: async (model, real) => {
    const fetching = real.fetches.length
    const allowed = mayFetch(model, real)
    act(model, real)
    await settle()
    expect(real.broken).toEqual([])
    expect(real.fetches.length).toBeLessThanOrEqual(1)
    // Each generation is renewed once. Another fetch needs a token that is missing, rejected, or about to expire.
    if (real.fetches.length > fetching) expect(allowed).toBe(true)
    if (real.fetches.length === 0) expect(real.waiting.size).toBe(0)
  },
})

const mayFetch = ({ fetchedAt, failedAt }: Model, { now }: Real): boolean =>
  now >= failedAt + 3_000 && (fetchedAt === null || now >= fetchedAt + life - Math.min(120_000, life / 10))

const get = command('get', (model, real) => {
  const { newest, dead } = model
  const own = Symbol('waiter')
  const leaving = new AbortController()
  real.waiting.set(own, leaving)
  real.cell
    .getToken(leaving.signal)
    .then(
      (token) => {
        // The token must not be older than the one at the time of the call, and must not be a rejected one.
        expect(token.generation).toBeGreaterThanOrEqual(newest)
        expect(token.generation).toBeGreaterThan(dead)
        expect(real.now).toBeLessThan(token.expiresAt!)
        real.tokens.push(token)
      },
      (error: unknown) => expect(error).toBeInstanceOf(Problem),
    )
    .catch((error: unknown) => void real.broken.push(error))
    .finally(() => real.waiting.delete(own))
})

const leave = command('leave', (_, { waiting }) => waiting.values().next().value?.abort())

const use = command('use', (model, real) => {
  const token = real.tokens.shift()
  if (!token) return
  if (real.alive(token)) return real.cell.markAccepted(token)
  const first = token.generation === model.newest && model.fetchedAt !== null
  const again = real.cell.markRejected(token)
  if (!first) return
  model.dead = token.generation
  model.fetchedAt = null
  if (!again) model.failedAt = real.now
})

const respond = command('respond', (model, real) => {
  if (real.fetches.length === 0) return
  real.respondToFetch()
  model.fetchedAt = real.now
  model.newest = real.issued
  model.failedAt = -Infinity
})

const fail = command('fail', (model, real) => {
  if (real.fetches.length === 0) return
  real.fail()
  model.failedAt = real.now
})

const revoke = command('revoke', (_, real) => void (real.revoked = real.issued))
const pass = (ms: number) => command(`pass ${ms}`, (_, real) => void (real.now += ms))

/** Waits only for promises, because nothing here uses a timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

test('fetches one token at a time, renews each generation once, and ends every wait, in any schedule', () =>
  fc.assert(
    fc.asyncProperty(
      fc.commands(
        [get, get, use, use, respond, respond, fail, leave, revoke, pass(1_000), pass(3_000), pass(life / 2)].map(
          (it) => fc.constant(it),
        ),
        { maxCommands: 60, size: 'max' },
      ),
      async (commands) => {
        const real = new Real()
        await fc.asyncModelRun(() => ({ model: new Model(), real }), commands)
        // The vendor has recovered: every waiting call and every new call gets a valid token.
        while (real.fetches.length > 0) {
          real.respondToFetch()
          await settle()
        }
        expect([real.waiting.size, real.broken]).toEqual([0, []])
        real.now += 3_000
        const last = real.cell.getToken(new AbortController().signal)
        await settle()
        real.respondToFetch()
        expect((await last).generation).toBe(real.issued - real.fetches.length)
      },
    ),
    runs(300, 10_000),
  ))
