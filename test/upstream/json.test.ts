import { Readable } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { Body, decodeBody, parseCodings } from '../../src/upstream/decode.ts'
import { parseJson } from '../../src/upstream/json.ts'
import { upstreamLimits, type UpstreamLimits } from '../../src/upstream/limits.ts'
import { hasNameWithBackslash, runs } from '../support/property.ts'
import { problemOf } from './row.ts'

const ofDepth = (answerDepth: number) => ({ ...upstreamLimits, answerDepth })

describe('JSON reader', () => {
  const document = fc
    .json({ maxDepth: 6, noUnicodeString: false } as object)
    .filter((text) => !hasNameWithBackslash(text))
    .map((text) => Buffer.from(text))
  const broken = fc.tuple(document, fc.nat(), fc.uint8Array({ maxLength: 3 })).map(([bytes, at, junk]) => {
    const cut = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, cut), junk, bytes.subarray(cut + junk.length)])
  })
  const trap = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'polluted')
  const { trapped } = fc.letrec<{ value: string; trapped: Buffer }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant('{"polluted":1}'),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => `[${values.join()}]`),
      fc
        .array(fc.tuple(trap, tie('value')), { maxLength: 3 })
        .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join()}}`),
    ),
    trapped: tie('value').map((text) => Buffer.from(text)),
  }))
  const packings: [string, (bytes: Uint8Array) => Buffer][] = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ]
  const signs = fc.string({
    unit: fc.constantFrom(
      '[',
      '{',
      ']',
      '}',
      '"',
      '\\',
      ',',
      ':',
      '9',
      '12345678901234567',
      '\n',
      'é',
      '😀',
      '\u2028',
      'u',
      ' ',
    ),
  })
  const number = fc.oneof(
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
    fc.constantFrom(
      '9007199254740991',
      '9007199254740992',
      '-9007199254740993',
      '1e400',
      '1E22',
      '-0',
      '0.12345678901234567',
    ),
  )
  const space = fc.constantFrom('', ' ', '\n\t')
  // After an object with a backslash in a key, JSON.parse of Node 24 misreads other keys that begin with an escape.
  const key = signs.filter((text) => !text.includes('\\'))
  const { tricky } = fc.letrec<{ tricky: string }>((tie) => ({
    tricky: fc.oneof(
      { depthSize: 'medium', maxDepth: 10 },
      fc.oneof(signs.map(escapeAny), number, fc.constantFrom('true', 'false', 'null')),
      fc
        .tuple(space, fc.array(tie('tricky'), { maxLength: 4 }))
        .map(([gap, values]) => `[${gap}${values.join(`${gap},`)}${gap}]`),
      fc
        .tuple(space, fc.uniqueArray(fc.tuple(key, tie('tricky')), { maxLength: 4, selector: ([key]) => key }))
        .map(
          ([gap, members]) =>
            `{${members.map(([key, value]) => `${gap}${escapeAny(key)}${gap}:${gap}${value}`).join()}${gap}}`,
        ),
    ),
  }))
  const token = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('[', ']', '{', '}', '{"a":', '"b":', ',', ',', '1', '[1,', '],') },
    fc.constantFrom(
      '"x"',
      '"',
      '\\',
      '-',
      ':',
      ' ',
      '\u00a0',
      'e5',
      '.5',
      '0',
      'null',
      '12345678901234567890',
      '"__proto__":',
    ),
  )
  const outcome = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => (error instanceof Problem ? error.message : Promise.reject(error)))

  test('reads what JSON.parse reads, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(document, fc.integer({ min: 1, max: 16 }), async (bytes, slice) => {
        const expected: unknown = JSON.parse(bytes.toString())
        expect(await parseJson(bytes, ofDepth(64))).toEqual(withExact(expected))
        expect(await parseJson(bytes, ofDepth(64), slice)).toEqual(withExact(expected))
      }),
      runs(300, 100_000),
    ))
  test('rejects the same documents, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        if (!isUtf8(bytes)) return
        expect(await outcome(parseJson(bytes, ofDepth(64), 7))).toEqual(await outcome(parseJson(bytes, ofDepth(64))))
      }),
      runs(300, 100_000),
    ))
  test('accepts what JSON.parse accepts and nothing else, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 14 }), fc.constantFrom(1, 4, 1_000), async (tokens, slice) => {
        const text = tokens.join('')
        fc.pre(!hasNameWithBackslash(text))
        const parsed = await parseJson(Buffer.from(text), ofDepth(64), slice).then(JSON.stringify, () => 'rejected')
        const expected = isJson(text) ? JSON.stringify(withExact(JSON.parse(text), text)) : 'rejected'
        expect(parsed).toBe(expected)
      }),
      runs(2_000, 200_000),
    ))
  test('reads documents with tricky strings and numbers as a plain reader does, whole and in slices', () =>
    fc.assert(
      fc.asyncProperty(tricky, fc.integer({ min: 1, max: 40 }), async (text, slice) => {
        fc.pre(!hasNameWithBackslash(text))
        const bytes = Buffer.from(text)
        const limits = ofDepth(8)
        const whole = await outcome(parseJson(bytes, limits))
        expect(whole).toEqual(readPlainly(text, 8))
        expect(await outcome(parseJson(bytes, limits, slice))).toEqual(whole)
      }),
      {
        ...runs(500, 100_000),
        examples: [[String.raw`[[{"":{"":{"\ud83d\ude00":true,",\u005b":true}}}]]`, 1]],
      },
    ))
  test('reads names without an escape after V8 has parsed a name with a backslash', async () => {
    const bytes = Buffer.from(String.raw`{"name":1,"\"":2,"id":12345678901234567890}`)
    JSON.parse(String.raw`{"name":[],"\\":0}`)
    for (const slice of [undefined, 1])
      expect(await parseJson(bytes, ofDepth(3), slice)).toMatchObject({ name: 1, id: '12345678901234567890' })
  })
  test('rejects more values than are accepted', async () => {
    const limits = { answerDepth: 64, answerValues: 100 }
    const count = (values: number) => Buffer.from(JSON.stringify(Array(values).fill(0)))
    expect(await parseJson(count(100), limits)).toHaveLength(100)
    expect(await problemOf(parseJson(count(101), limits))).toMatchObject({
      code: 'VENDOR_RESPONSE_TOO_LARGE',
      delivery: 'unread',
    })
  })
  test.each([
    ['string', `["${'x'.repeat(4 * 1024 ** 2 + 40_000)}"]`],
    ['number', `[${'1'.repeat(1_001)}]`],
    ['fraction', `[0.${'1'.repeat(1_001)}]`],
    ['object', JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, key) => [`k${key}`, 0])))],
  ])('rejects a %s that is too long', async (_, text) => {
    expect(await problemOf(parseJson(Buffer.from(text), ofDepth(64)))).toMatchObject({
      code: 'VENDOR_RESPONSE_TOO_LARGE',
    })
  })
  test('keeps every digit of integers beyond 2^53', () =>
    fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), async (integer) => {
        const bytes = Buffer.from(`{"id":${integer},"__proto__":{"id":1}}`)
        const safe = integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER
        for (const value of [await parseJson(bytes, ofDepth(3)), await parseJson(bytes, ofDepth(3), 4)]) {
          expect((value as { id: unknown }).id).toBe(safe ? Number(integer) : String(integer))
          expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
        }
      }),
      runs(300, 100_000),
    ))
  test('does not let a key change a prototype', () =>
    fc.assert(
      fc.asyncProperty(trapped, async (bytes) => {
        for (const value of [await parseJson(bytes, ofDepth(64)), await parseJson(bytes, ofDepth(64), 5)])
          expectOwn(value)
        expect('polluted' in {}).toBe(false)
      }),
      runs(300, 100_000),
    ))
  test('accepts the maximum number of levels and rejects one more', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('[', '{"a":'), { minLength: 1, maxLength: 80 }), async (opened) => {
        const closed = opened.toReversed().map((open) => (open === '[' ? ']' : '}'))
        const bytes = Buffer.from([...opened, '"[{\\"["', ...closed].join(''))
        for (const reading of [parseJson(bytes, ofDepth(40)), parseJson(bytes, ofDepth(40), 9)])
          if (opened.length <= 40) await reading
          else expect(await problemOf(reading)).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', delivery: 'unread' })
      }),
      runs(300, 100_000),
    ))
  test('rejects 100,000 levels', async () => {
    const bytes = Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))
    for (const reading of [parseJson(bytes, ofDepth(64)), parseJson(bytes, ofDepth(64), 5)])
      expect(await problemOf(reading)).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', delivery: 'unread' })
  })
  test('accepts the maximum of decoded bytes and rejects one more, however they are encoded and split', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('', 'gzip', 'deflate', 'br', 'gzip, br'),
        async (bytes, size, codings) => {
          let packed: Uint8Array = bytes
          for (const [name, pack] of packings) if (codings.includes(name)) packed = pack(packed)
          const pieces = Array.from({ length: Math.ceil(packed.length / size) }, (_, index) =>
            Buffer.from(packed.subarray(index * size, (index + 1) * size)),
          )
          const reading = decode(pieces, codings, { ...upstreamLimits, answerBytes: 200 })
          if (bytes.length <= 200) expect(await reading).toEqual(Buffer.from(bytes))
          else expect(await problemOf(reading)).toMatchObject({ code: 'VENDOR_RESPONSE_TOO_LARGE' })
        },
      ),
      runs(300, 100_000),
    ))
  test('keeps a character on the boundary of two slices', async () => {
    const text = `["${'😀é'.repeat(200_000)}"]`
    expect(await parseJson(Buffer.from(`\ufeff${text}`), ofDepth(64))).toEqual(JSON.parse(text))
  })

  async function decode(pieces: Buffer[], header: string, limits: UpstreamLimits): Promise<Buffer> {
    const codings = parseCodings(header)
    if (codings.length > 0) return decodeBody(Readable.from(pieces), codings, limits)
    const body = new Body(limits, undefined)
    for (const piece of pieces) body.add(piece)
    return body.toBuffer()
  }
  /** Formats a string as JSON, with every second character as an escape. */
  function escapeAny(text: string): string {
    const escaped = Array.from({ length: text.length }, (_, index) =>
      index % 2 ? String.raw`\u${text.charCodeAt(index).toString(16).padStart(4, '0')}` : text[index]!,
    )
    return `"${escaped.map((unit) => (unit.length === 1 ? JSON.stringify(unit).slice(1, -1) : unit)).join('')}"`
  }
  /** Reads JSON with a simple, slow parser. */
  function readPlainly(text: string, maxDepth: number): unknown {
    const value = withExact(JSON.parse(text), text)
    const depthOf = (inner: unknown): number =>
      typeof inner === 'object' && inner !== null ? 1 + Math.max(0, ...Object.values(inner).map(depthOf)) : 0
    return depthOf(value) > maxDepth ? "The vendor's response is nested too deeply." : value
  }
  function expectOwn(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    expect(Object.getPrototypeOf(value)).toBe(Array.isArray(value) ? Array.prototype : Object.prototype)
    for (const inner of Object.values(value)) expectOwn(inner)
  }
  const isUtf8 = (bytes: Buffer): boolean => Buffer.from(bytes.toString()).equals(bytes)
  function withExact(value: unknown, text = JSON.stringify(value)): unknown {
    return JSON.parse(text, ((_key: string, inner: unknown, { source }: { source: string }) =>
      typeof inner === 'number' && Number.isInteger(inner) && !Number.isSafeInteger(inner) && /^-?\d+$/.test(source)
        ? source
        : inner) as never)
  }
  function isJson(text: string): boolean {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
})
