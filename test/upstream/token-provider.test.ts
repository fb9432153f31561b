import { describe, expect, test } from 'vitest'
import type { Token } from '../../src/upstream/auth-scheme.ts'
import type { SharedToken } from '../../src/upstream/shared-account.ts'
import { TokenProvider, type AccessToken } from '../../src/upstream/token-provider.ts'
import { problemOf } from './row.ts'
import { life, Fixture } from './token-fixture.ts'

const never = new AbortController().signal
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a revoked token', () => {
  test('is renewed once for 100 calls whose rejections arrive within 400 ms', async () => {
    const fixture = new Fixture()
    const first = fixture.cell.getToken(never)
    fixture.respondToFetch()
    const old = await first
    fixture.revoked = fixture.issued
    let succeeded = 0
    const call = async (token: AccessToken): Promise<void> => {
      if (!fixture.alive(token)) {
        expect(fixture.cell.markRejected(token)).toBe(true)
        return call(await fixture.cell.getToken(never))
      }
      fixture.cell.markAccepted(token)
      succeeded++
    }
    const calls: Promise<void>[] = []
    for (let number = 0; number < 100; number++) {
      calls.push(call(old))
      fixture.now += 4
      if (number === 50) fixture.respondToFetch()
      await settle()
    }
    await Promise.all(calls)
    expect(succeeded).toBe(100)
    expect(fixture.issued).toBe(2)
    expect(fixture.fetches).toEqual([])
  })

  test('fails calls for 3 s if the new token is rejected, too', async () => {
    const fixture = new Fixture()
    for (const repeat of [true, false]) {
      const getting = fixture.cell.getToken(never)
      fixture.respondToFetch()
      fixture.revoked = fixture.issued
      expect(fixture.cell.markRejected(await getting)).toBe(repeat)
    }
    expect(await problemOf(fixture.cell.getToken(never))).toMatchObject({
      code: 'VENDOR_AUTH_FAILED',
      retryable: false,
    })
    expect(fixture.fetches).toEqual([])
    fixture.now += 3_000
    const again = fixture.cell.getToken(never)
    fixture.respondToFetch()
    expect((await again).value).toBe('3')
  })
})

describe('a discarded token', () => {
  test('is replaced by the next call, and never makes calls fail', async () => {
    const fixture = new Fixture()
    const tokens: AccessToken[] = []
    for (const value of ['1', '2', '3']) {
      const getting = fixture.cell.getToken(never)
      fixture.respondToFetch()
      const token = await getting
      expect(token.value).toBe(value)
      tokens.push(token)
      fixture.cell.discard(token)
    }
    const getting = fixture.cell.getToken(never)
    fixture.respondToFetch()
    const current = await getting
    for (const old of tokens) fixture.cell.discard(old)
    expect(await fixture.cell.getToken(never)).toBe(current)
    expect(fixture.issued).toBe(4)
  })

  test('stays in use if it cannot be renewed', async () => {
    let fetches = 0
    const cell = new TokenProvider({
      clock: { now: () => 0, sleep: async () => undefined },
      fetchToken: async () => ({ value: `t${++fetches}`, expiresAt: null }),
      isRenewable: false,
    })
    const token = await cell.getToken(never)
    cell.discard(token)
    expect(await cell.getToken(never)).toBe(token)
  })
})

test('uses a token that expires at once only once', async () => {
  let fetches = 0
  const cell = new TokenProvider({
    clock: { now: () => 0, sleep: async () => undefined },
    fetchToken: async () => ({ value: `t${++fetches}`, expiresAt: 0 }),
  })
  expect((await cell.getToken(never)).value).toBe('t1')
  expect(fetches).toBe(1)
})

test('cancels a wait at its own deadline and continues the fetch for other calls', async () => {
  const fixture = new Fixture()
  const leaving = new AbortController()
  const first = problemOf(fixture.cell.getToken(leaving.signal))
  const second = fixture.cell.getToken(never)
  leaving.abort()
  expect(await first).toMatchObject({
    code: 'VENDOR_TIMEOUT',
    message: 'The request for an access token timed out.',
    delivery: 'not-sent',
    cause: leaving.signal.reason,
  })
  fixture.respondToFetch()
  expect((await second).value).toBe('1')
})

describe('several processes', () => {
  const at = (value: string): Token => ({ value, expiresAt: life })
  function shared(given: (known: SharedToken | null, fetch: () => Promise<Token>) => Promise<Token>) {
    const knownTokens: (SharedToken | null)[] = []
    const events: unknown[] = []
    const tokens: string[] = []
    const cell = new TokenProvider({
      clock: { now: () => 0, sleep: async () => undefined },
      fetchToken: async () => at('own'),
      shared: {
        renewToken: (known, fetch) => {
          knownTokens.push(known)
          return given(known, fetch)
        },
      },
      onFetch: (problem) => void events.push(problem),
      onToken: ({ value }) => void tokens.push(value),
    })
    return { cell, knownTokens, events, tokens }
  }

  test('uses a token of another process without a fetch', async () => {
    const { cell, knownTokens, events, tokens } = shared(async () => at('theirs'))
    expect((await cell.getToken(never)).value).toBe('theirs')
    expect({ knownTokens, events, tokens }).toEqual({ knownTokens: [null], events: [], tokens: ['theirs'] })
  })

  test('reports a rejected token to the other processes, and renews their rejected token', async () => {
    const given = ['first', 'second', 'third']
    const { cell, knownTokens } = shared(async () => at(given.shift()!))
    for (const value of ['first', 'second']) {
      const token = await cell.getToken(never)
      expect(token.value).toBe(value)
      expect(cell.markRejected(token)).toBe(true)
    }
    expect((await cell.getToken(never)).value).toBe('third')
    expect(knownTokens).toEqual([null, { ...at('first'), isRejected: true }, { ...at('second'), isRejected: true }])
  })

  test('fails calls for a while if its own new token is rejected', async () => {
    const { cell, events } = shared((_, fetch) => fetch())
    expect(cell.markRejected(await cell.getToken(never))).toBe(true)
    expect(cell.markRejected(await cell.getToken(never))).toBe(false)
    expect(await problemOf(cell.getToken(never))).toMatchObject({ code: 'VENDOR_AUTH_FAILED' })
    expect(events).toEqual([null, null])
    cell.useSharedToken(at('theirs'))
    expect((await cell.getToken(never)).value).toBe('theirs')
  })

  test('ignores a rejection of the old token after a new one was adopted', async () => {
    const { cell, knownTokens } = shared(async () => at('old'))
    const old = await cell.getToken(never)
    cell.useSharedToken(at('new'))
    expect(cell.markRejected(old)).toBe(true)
    expect((await cell.getToken(never)).value).toBe('new')
    expect(knownTokens).toHaveLength(1)
  })
})
