import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/errors.ts'
import { TokenProvider, type TokenProviderOptions } from '../../src/upstream/token-provider.ts'
import { problemOf } from './row.ts'
import { Fixture } from './token-fixture.ts'

const never = new AbortController().signal
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('a cached token', () => {
  /** Creates a token provider whose fetches resolve at once, with tokens of this lifetime. */
  function cellOf(life: number | null, more: Partial<TokenProviderOptions> = {}) {
    const state = { now: 0, fetches: 0, reported: [] as (Problem | null)[] }
    const cell = new TokenProvider({
      clock: { now: () => state.now, sleep: async () => undefined },
      fetchToken: async () => ({ value: `t${++state.fetches}`, expiresAt: life === null ? null : state.now + life }),
      onFetch: (problem) => state.reported.push(problem),
      ...more,
    })
    const valueAt = async (now: number): Promise<string> => {
      state.now = now
      const { value } = await cell.getToken(never)
      await settle()
      return value
    }
    return { cell, state, valueAt }
  }

  test.each([
    [3_600_000, 3_480_000],
    [600_000, 540_000],
  ])('is renewed in the background, with a lifetime of %i ms, %i ms after it was issued', async (life, renewal) => {
    const { cell, state, valueAt } = cellOf(life)
    expect(cell.expiresAt).toBeNull()
    expect(await valueAt(0)).toBe('t1')
    expect(cell.expiresAt).toBe(life)
    expect(await valueAt(renewal - 1)).toBe('t1')
    expect(state.fetches).toBe(1)
    expect(await valueAt(renewal)).toBe('t1')
    expect(state.fetches).toBe(2)
    expect(await valueAt(renewal + 1)).toBe('t2')
    expect(cell.expiresAt).toBe(renewal + life)
    expect(await valueAt(2 * renewal - 1)).toBe('t2')
    expect(state.fetches).toBe(2)
    expect(await valueAt(2 * renewal)).toBe('t2')
    expect(state.reported).toEqual([null, null, null])
  })

  test('is never renewed if it does not expire', async () => {
    const { cell, state, valueAt } = cellOf(null)
    for (const now of [0, 1e15]) expect(await valueAt(now)).toBe('t1')
    expect([state.fetches, cell.expiresAt]).toEqual([1, null])
  })

  test('is used until it expires while its renewal fails, which is retried every 3 s', async () => {
    let down = false
    const tokens = { now: 0, fetches: 0 }
    const reported: (string | null)[] = []
    const cell = new TokenProvider({
      clock: { now: () => tokens.now, sleep: async () => undefined },
      fetchToken: async () => {
        tokens.fetches++
        if (down) throw new Error('no Problem')
        return { value: 't', expiresAt: tokens.now + 100_000 }
      },
      onFetch: (problem) => reported.push(problem?.code ?? null),
    })
    await cell.getToken(never)
    down = true
    for (const [now, fetches] of [
      [90_000, 2],
      [92_999, 2],
      [93_000, 3],
      [96_000, 4],
      [99_999, 5],
    ] as const) {
      tokens.now = now
      expect((await cell.getToken(never)).value).toBe('t')
      await settle()
      expect([now, tokens.fetches]).toEqual([now, fetches])
    }
    tokens.now = 100_000
    expect(await problemOf(cell.getToken(never))).toMatchObject({
      code: 'VENDOR_AUTH_FAILED',
      message: 'Could not obtain an access token.',
      retryable: true,
      cause: new Error('no Problem'),
    })
    expect(tokens.fetches).toBe(5)
    expect(reported).toEqual([null, ...Array.from({ length: 4 }, () => 'VENDOR_AUTH_FAILED')])
    down = false
    tokens.now = 102_999
    expect((await cell.getToken(never)).expiresAt).toBe(202_999)
  })

  test('is still used after a rejection if it cannot be replaced', async () => {
    const { cell, state } = cellOf(null, { isRenewable: false })
    const token = await cell.getToken(never)
    expect(cell.markRejected(token)).toBe(false)
    expect(await cell.getToken(never)).toBe(token)
    expect(state.fetches).toBe(1)
  })

  test('lets late rejections retry with the new token after it was replaced', async () => {
    const { cell, state } = cellOf(null)
    const old = await cell.getToken(never)
    expect(cell.markRejected(old)).toBe(true)
    const fresh = await cell.getToken(never)
    expect(cell.markRejected(old)).toBe(true)
    expect(await cell.getToken(never)).toBe(fresh)
    // After a call has used it, the new token can be rejected and renewed, too.
    cell.markAccepted(old)
    cell.markAccepted(fresh)
    expect(cell.markRejected(fresh)).toBe(true)
    cell.markAccepted(fresh)
    expect((await cell.getToken(never)).value).toBe('t3')
    expect(state.fetches).toBe(3)
  })

  test('fails if it is rejected before any call with it has succeeded', async () => {
    const { cell } = cellOf(null, { failurePauseMs: 10 })
    const old = await cell.getToken(never)
    cell.markRejected(old)
    const fresh = await cell.getToken(never)
    cell.markAccepted(old)
    expect(cell.markRejected(fresh)).toBe(false)
    expect(cell.markRejected(old)).toBe(false)
    expect(await problemOf(cell.getToken(never))).toMatchObject({
      code: 'VENDOR_AUTH_FAILED',
      message: "The vendor rejected a newly issued access token. Check the account's credentials.",
      retryable: false,
    })
  })
})

describe('a token that another process fetched', () => {
  test('changes nothing if it is already in use', async () => {
    const fixture = new Fixture()
    const getting = fixture.cell.getToken(never)
    fixture.respondToFetch()
    const token = await getting
    fixture.cell.useSharedToken({ value: token.value, expiresAt: token.expiresAt })
    expect(await fixture.cell.getToken(never)).toBe(token)
  })
  test('is renewed after a rejection, even if it replaced a rejected token', async () => {
    const fixture = new Fixture()
    const getting = fixture.cell.getToken(never)
    fixture.respondToFetch()
    fixture.cell.markRejected(await getting)
    fixture.cell.useSharedToken({ value: 'theirs', expiresAt: null })
    expect(fixture.cell.markRejected(await fixture.cell.getToken(never))).toBe(true)
  })
})

test('hides tokens when AccessToken and TokenProvider are printed', async () => {
  const fixture = new Fixture()
  const getting = fixture.cell.getToken(never)
  fixture.respondToFetch()
  const token = await getting
  expect([inspect(token), inspect(fixture.cell)]).toEqual(['AccessToken [redacted]', 'TokenProvider [redacted]'])
  expect(JSON.stringify([token, fixture.cell])).toBe('["[redacted]","[redacted]"]')
})
