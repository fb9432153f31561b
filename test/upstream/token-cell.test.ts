import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/errors.ts'
import type { Token } from '../../src/upstream/grant.ts'
import type { KnownToken } from '../../src/upstream/shared.ts'
import { TokenCell, type HeldToken } from '../../src/upstream/token.ts'
import { problemOf } from './row.ts'
import { numRuns } from './runs.ts'

const never = new AbortController().signal
const life = 600_000

/** A vendor that knows which of its tokens live, and a cell that it is asked through. */
class World {
  now = 0
  fetches: PromiseWithResolvers<Token>[] = []
  issued = 0
  revoked = 0
  readonly cell = new TokenCell({
    clock: { now: () => this.now, sleep: async () => undefined },
    fetch: () => {
      const fetching = Promise.withResolvers<Token>()
      this.fetches.push(fetching)
      return fetching.promise
    },
  })
  answer(): void {
    this.fetches.shift()?.resolve({ value: String(++this.issued), expiresAt: this.now + life })
  }
  fail(): void {
    this.fetches.shift()?.reject(new Problem('VENDOR_AUTH_FAILED', 'down', { retryable: true }))
  }
  alive = (token: HeldToken): boolean => Number(token.value) > this.revoked
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

type Step = 'get' | 'use' | 'answer' | 'fail' | 'revoke' | 'tick' | 'age'
const steps = fc.array(
  fc.constantFrom<Step>('get', 'get', 'use', 'use', 'answer', 'answer', 'fail', 'revoke', 'tick', 'age'),
  {
    maxLength: 40,
  },
)

test('any schedule: one fetch at a time, one renewal a generation, nobody stuck, nothing stale', () =>
  fc.assert(
    fc.asyncProperty(steps, async (schedule) => {
      const world = new World()
      const held: HeldToken[] = []
      const waiting = new Set<Promise<unknown>>()
      let newest = 0
      const act: Record<Step, () => void> = {
        get: () => {
          const before = newest
          const getting = world.cell.get(never).then(
            (token) => {
              expect(token.generation).toBeGreaterThanOrEqual(before)
              newest = Math.max(newest, token.generation)
              held.push(token)
            },
            (error: unknown) => expect(error).toBeInstanceOf(Problem),
          )
          waiting.add(getting.finally(() => waiting.delete(getting)))
        },
        use: () => {
          const token = held.shift()
          if (!token) return
          if (world.alive(token)) world.cell.accepted(token)
          else world.cell.rejected(token)
        },
        answer: () => world.answer(),
        fail: () => world.fail(),
        revoke: () => void (world.revoked = world.issued),
        tick: () => void (world.now += 1_000),
        age: () => void (world.now += life / 2),
      }
      for (const step of schedule) {
        act[step]()
        await settleQuickly()
        expect(world.fetches.length).toBeLessThanOrEqual(1)
      }
      while (world.fetches.length > 0) {
        world.answer()
        await settleQuickly()
      }
      await Promise.all(waiting)
      world.now += 3_000
      const last = world.cell.get(never)
      await settleQuickly()
      world.answer()
      expect((await last).generation).toBe(world.issued - world.fetches.length)
    }),
    { numRuns: numRuns(300) },
  ))

async function settleQuickly(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('a revoked token', () => {
  test('T09 100 calls whose rejections come in over 400 ms cost one renewal, and all succeed', async () => {
    const world = new World()
    const first = world.cell.get(never)
    world.answer()
    const old = await first
    world.revoked = world.issued
    let succeeded = 0
    const call = async (token: HeldToken): Promise<void> => {
      if (!world.alive(token)) {
        expect(world.cell.rejected(token)).toBe(true)
        return call(await world.cell.get(never))
      }
      world.cell.accepted(token)
      succeeded++
    }
    const calls: Promise<void>[] = []
    for (let number = 0; number < 100; number++) {
      calls.push(call(old))
      world.now += 4
      if (number === 50) world.answer()
      await settle()
    }
    await Promise.all(calls)
    expect(succeeded).toBe(100)
    expect(world.issued).toBe(2)
    expect(world.fetches).toEqual([])
  })

  test('T06 a fresh one that is refused too is given up for 3 s', async () => {
    const world = new World()
    for (const repeat of [true, false]) {
      const getting = world.cell.get(never)
      world.answer()
      world.revoked = world.issued
      expect(world.cell.rejected(await getting)).toBe(repeat)
    }
    expect(await problemOf(world.cell.get(never))).toMatchObject({ code: 'VENDOR_AUTH_FAILED', retryable: false })
    expect(world.fetches).toEqual([])
    world.now += 3_000
    const again = world.cell.get(never)
    world.answer()
    expect((await again).value).toBe('3')
  })
})

test('a token that ends as it is issued is used once, not fetched for ever', async () => {
  let fetches = 0
  const cell = new TokenCell({
    clock: { now: () => 0, sleep: async () => undefined },
    fetch: async () => ({ value: `t${++fetches}`, expiresAt: 0 }),
  })
  expect((await cell.get(never)).value).toBe('t1')
  expect(fetches).toBe(1)
})

test('a waiter leaves at its own deadline, and the fetch goes on for the others', async () => {
  const world = new World()
  const leaving = new AbortController()
  const first = problemOf(world.cell.get(leaving.signal))
  const second = world.cell.get(never)
  leaving.abort()
  expect(await first).toMatchObject({ code: 'VENDOR_TIMEOUT', evidence: 'not-sent' })
  world.answer()
  expect((await second).value).toBe('1')
})

describe('with other processes', () => {
  const at = (value: string): Token => ({ value, expiresAt: life })
  function shared(given: (known: KnownToken | null, fetch: () => Promise<Token>) => Promise<Token>) {
    const asked: (KnownToken | null)[] = []
    const events: unknown[] = []
    const tokens: string[] = []
    const cell = new TokenCell({
      clock: { now: () => 0, sleep: async () => undefined },
      fetch: async () => at('own'),
      shared: {
        renew: (known, fetch) => {
          asked.push(known)
          return given(known, fetch)
        },
      },
      onFetch: (problem) => void events.push(problem),
      onToken: ({ value }) => void tokens.push(value),
    })
    return { cell, asked, events, tokens }
  }

  test('theirs is used, and is no fetch of ours', async () => {
    const { cell, asked, events, tokens } = shared(async () => at('theirs'))
    expect((await cell.get(never)).value).toBe('theirs')
    expect({ asked, events, tokens }).toEqual({ asked: [null], events: [], tokens: ['theirs'] })
  })

  test('they are told which token is dead, and one of theirs that is dead too is renewed', async () => {
    const given = ['first', 'second', 'third']
    const { cell, asked } = shared(async () => at(given.shift()!))
    for (const value of ['first', 'second']) {
      const token = await cell.get(never)
      expect(token.value).toBe(value)
      expect(cell.rejected(token)).toBe(true)
    }
    expect((await cell.get(never)).value).toBe('third')
    expect(asked).toEqual([null, { ...at('first'), dead: true }, { ...at('second'), dead: true }])
  })

  test('one of our own that replaces a dead one and is refused is given up for a while, as ever', async () => {
    const { cell, events } = shared((_, fetch) => fetch())
    expect(cell.rejected(await cell.get(never))).toBe(true)
    expect(cell.rejected(await cell.get(never))).toBe(false)
    expect(await problemOf(cell.get(never))).toMatchObject({ code: 'VENDOR_AUTH_FAILED' })
    expect(events).toEqual([null, null])
    cell.adopt(at('theirs'))
    expect((await cell.get(never)).value).toBe('theirs')
  })

  test('a rejection that comes in after theirs was taken on costs nothing', async () => {
    const { cell, asked } = shared(async () => at('old'))
    const old = await cell.get(never)
    cell.adopt(at('new'))
    expect(cell.rejected(old)).toBe(true)
    expect((await cell.get(never)).value).toBe('new')
    expect(asked).toHaveLength(1)
  })
})
