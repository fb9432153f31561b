import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/errors.ts'
import { parseJson, parseSliced } from '../../src/upstream/decode.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { path, urlOf } from '../../src/upstream/path.ts'
import { redactor } from '../../src/upstream/redact.ts'
import { retryAfter } from '../../src/upstream/retry-after.ts'
import { readAttempts, RetryQuota } from '../../src/upstream/retry.ts'
import { numRuns } from './runs.ts'
import { problemOf } from './row.ts'

describe('URL builder', () => {
  const tricky = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', 'f', '?', '#', '@', ':', ';', '\t', '\n', ' '),
    }),
    fc.string(),
  )
  const bases = fc.constantFrom(
    'https://api.example/v2',
    'https://api.example/v2/',
    'http://127.0.0.1:80',
    'https://a.example:8443/a/b',
  )

  test('an id is one segment of the path, or is refused', () => {
    const segments = (url: URL): string[] => url.pathname.split('/')
    fc.assert(
      fc.property(bases, tricky, tricky, tricky, (base, id, other, value) => {
        let url: URL
        try {
          url = urlOf(base, path`/users/${id}/of/${other}`, { q: value, none: null })
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_ID' })
          return
        }
        const plain = urlOf(base, path`/users/${'a'}/of/${'b'}`)
        expect(url.origin).toBe(plain.origin)
        expect(url.hash + url.username + url.password).toBe('')
        expect([...url.searchParams]).toEqual([['q', value.toWellFormed()]])
        expect(segments(url)).toHaveLength(segments(plain).length)
        expect(segments(url).slice(0, -3)).toEqual(segments(plain).slice(0, -3))
        expect(decodeURIComponent(segments(url).at(-3)!)).toBe(id)
        expect(decodeURIComponent(segments(url).at(-1)!)).toBe(other)
      }),
      { numRuns: numRuns(2_000) },
    )
  })
  test.each(['', '.', '..', '%2e', '%2E.', '.%2e', '\n', '\ud800'])('%j is refused', (id) => {
    expect(() => path`/users/${id}`).toThrow(Problem)
  })
})

describe('Retry-After parser', () => {
  const now = Date.UTC(2026, 0, 1)
  const day = 86_400_000
  const form = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...'0123456789-+.eTZ: ,GMTJan') }),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  )
  test('null, or a moment within the day to come', () => {
    fc.assert(
      fc.property(form, (header) => {
        const at = retryAfter(header, now)
        if (at !== null) expect(at >= now && at <= now + day).toBe(true)
      }),
      { numRuns: numRuns(5_000) },
    )
  })
  test('the three forms mean what they say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
        const date = new Date(now + seconds * 1000)
        for (const header of [String(seconds), date.toISOString(), date.toUTCString()])
          expect(retryAfter(header, now)).toBe(date.getTime())
      }),
      { numRuns: numRuns(500) },
    )
  })
})

describe('JSON reader', () => {
  const document = fc.json({ maxDepth: 6, noUnicodeString: false } as object).map((text) => Buffer.from(text))
  const broken = fc.tuple(document, fc.nat(), fc.uint8Array({ maxLength: 3 })).map(([bytes, at, junk]) => {
    const cut = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, cut), junk, bytes.subarray(cut + junk.length)])
  })
  const outcome = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => (error instanceof Problem ? error.message : Promise.reject(error)))

  test('reads what JSON.parse reads, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 1, max: 16 }), async (bytes, slice) => {
        const expected: unknown = JSON.parse(bytes.toString())
        expect(await parseJson(bytes, 64)).toEqual(withExact(expected))
        if (!bytes.includes('\ufeff')) expect(await parseSliced(bytes, 64, slice)).toEqual(withExact(expected))
      }),
      { numRuns: numRuns(300) },
    ))
  test('refuses the same documents, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        if (!isUtf8(bytes)) return
        expect(await outcome(parseSliced(bytes, 64, 7))).toEqual(await outcome(parseJson(bytes, 64)))
      }),
      { numRuns: numRuns(300) },
    ))
  test('integers past 2^53 keep every digit', () =>
    fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), async (integer) => {
        const bytes = Buffer.from(`{"id":${integer},"__proto__":{"id":1}}`)
        const safe = integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER
        for (const value of [await parseJson(bytes, 3), await parseSliced(bytes, 3, 4)]) {
          expect((value as { id: unknown }).id).toBe(safe ? Number(integer) : String(integer))
          expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
        }
      }),
      { numRuns: numRuns(300) },
    ))
  test.each([63, 64, 65, 100_000])('%i levels', async (levels) => {
    const bytes = Buffer.from('['.repeat(levels) + ']'.repeat(levels))
    for (const reading of [parseJson(bytes, 64), parseSliced(bytes, 64)])
      if (levels <= 64) await reading
      else expect(await problemOf(reading)).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', evidence: 'unread' })
  })
  test('a character on the edge of two slices stays whole', async () => {
    const text = `["${'😀é'.repeat(200_000)}"]`
    expect(await parseJson(Buffer.from(`\ufeff${text}`), 64)).toEqual(JSON.parse(text))
  })

  const isUtf8 = (bytes: Buffer): boolean => Buffer.from(bytes.toString()).equals(bytes)
  function withExact(value: unknown): unknown {
    const text = JSON.stringify(value)
    return JSON.parse(text, ((_key: string, inner: unknown, { source }: { source: string }) =>
      typeof inner === 'number' && Number.isInteger(inner) && !Number.isSafeInteger(inner) && /^-?\d+$/.test(source)
        ? source
        : inner) as never)
  }
})

describe('retry quota', () => {
  const operations = 3_000
  const down = new Problem('VENDOR_UNAVAILABLE', 'down', { evidence: 'unknown' })

  /** Operations and calls of an account whose vendor fails a share of its calls. */
  function simulate(share: number, seed: number): { calls: number; done: number } {
    const random = mulberry32(seed)
    const quota = new RetryQuota(upstreamLimits.retryQuota)
    let calls = 0
    let done = 0
    for (let operation = 0; operation < operations; operation++) {
      let paid = 0
      for (let attempt = 1; ; attempt++) {
        calls++
        if (random() >= share) {
          quota.success(paid)
          done++
          break
        }
        if (attempt >= readAttempts(down, upstreamLimits) || !quota.take(upstreamLimits.retryCost)) break
        paid = upstreamLimits.retryCost
      }
    }
    return { calls: calls / operations, done: done / operations }
  }
  function mulberry32(seed: number): () => number {
    let state = seed
    return () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    }
  }

  test('divided among processes, all together spend no more than one would', () => {
    const spent = (processes: number): number => {
      const quotas = Array.from({ length: processes }, () => new RetryQuota(upstreamLimits.retryQuota))
      let retries = 0
      for (const quota of quotas) {
        quota.divide(processes)
        while (quota.take(upstreamLimits.retryCost)) retries++
      }
      return retries
    }
    for (const processes of [2, 3, 8]) expect(spent(processes)).toBeLessThanOrEqual(spent(1))
    const quota = new RetryQuota(500)
    quota.divide(2)
    quota.divide(1)
    quota.success(14)
    expect(quota.left).toBe(264)
  })

  test.each([
    { share: 1, calls: 1.02, done: 0 },
    { share: 0.1, calls: 1.13, done: 0.997 },
    { share: 0.5, calls: 1.12, done: 0.5 },
  ])('B56 $share of the calls fail: at most $calls calls an operation, $done done', ({ share, calls, done }) => {
    const runs = Array.from({ length: 50 }, (_, seed) => simulate(share, seed))
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value) / values.length
    expect(mean(runs.map((run) => run.calls))).toBeLessThanOrEqual(calls)
    expect(mean(runs.map((run) => run.done))).toBeGreaterThanOrEqual(done)
    // With 10 % the bound lies 3.3 standard deviations above the mean: 3 of 3,000 seeds pass it, and seed 0 to 49 has one.
    const held = runs.filter((run) => run.calls <= calls && run.done >= done)
    expect(held.length).toBeGreaterThanOrEqual(49)
  })
})

describe('redactor', () => {
  const secret = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcdXYZ0189-_+/=.&"') })
  const around = fc.string({ unit: fc.constantFrom(...'mnop ,:') })
  test('no secret comes through, whole, encoded, in Basic, or as a piece', () => {
    fc.assert(
      fc.property(secret, around, around, fc.nat(), (value, before, after, cut) => {
        const redact = redactor(() => [value])
        const bytes = Buffer.from(value)
        const piece = value.slice(cut % (value.length - 11)).slice(0, 12)
        const forms = [
          value,
          encodeURIComponent(value),
          bytes.toString('base64'),
          bytes.toString('base64url'),
          bytes.toString('hex'),
        ]
        for (const form of [...forms, piece, JSON.stringify(value)])
          expect(redact(before + form + after)).not.toContain(form)
        if (value.length < 24) return
        const basic = Buffer.from(`id:${value}`).toString('base64')
        expect(redact(`${before} ${basic} ${after}`)).not.toContain(basic)
      }),
      { numRuns: numRuns(1_000) },
    )
  })
  test('ordinary words stay', () => {
    const redact = redactor(() => ['0123456789abcdef', 'abc'])
    expect(redact('The requested parameter is not acceptable, abc.')).toBe(
      'The requested parameter is not acceptable, abc.',
    )
    expect(redact('See https://vendor.example/path?x=1 now')).toBe('See [address] now')
    expect(redact('Bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!')).toBe('Bad token [redacted]!')
  })
})
