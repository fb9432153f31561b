import * as fc from 'fast-check'
import { Lexer, Source, TokenKind } from 'graphql'
import { describe, expect, test } from 'vitest'
import { cutLiterals } from '../../src/http/document/cut-literals.ts'
import { anyText, runs } from '../support/property.ts'

const often = runs(2_000, 200_000)
const isLiteral = ({ kind }: Lexeme): boolean => kind === TokenKind.STRING || kind === TokenKind.INT

interface Lexeme {
  kind: string
  start: number
  end: number
  line: number
  column: number
  value: string
}

/** Returns the tokens of a text, according to GraphQL.js. Null if it is not valid. */
function readTokens(text: string): Lexeme[] | null {
  const lexer = new Lexer(new Source(text))
  const tokens: Lexeme[] = []
  try {
    for (let token = lexer.advance(); ; token = lexer.advance()) {
      const { kind, start, end, line, column, value } = token
      tokens.push({ kind, start, end, line, column, value })
      if (kind === TokenKind.EOF) return tokens
    }
  } catch {
    return null
  }
}

/** Replaces the values of literals. */
const hideLiterals = (tokens: Lexeme[]): Lexeme[] =>
  tokens.map((token) => (isLiteral(token) ? { ...token, value: '' } : token))

/** Texts whose tokens have the same positions and differ only in the values of literals. */
const haveEqualTokens = (one: Lexeme[], other: Lexeme[]): boolean =>
  JSON.stringify(hideLiterals(one)) === JSON.stringify(hideLiterals(other))

const plainPieces = '{ } f( ) user a1 id: 5 -7 42 "ab" "5"'.split(' ')
const oddPieces =
  '[ $ @ ... . _2 e5 é 01 -0 0 - 1.5 1e5 5a -12345678 "" "é" "\\n" "\\u0041" " """ """a""" """b""" "a "# "'.split(' ')
const controls = ['\0', '\u0001', '\u0002', '\u007f', '\u2028', '\ufeff', '\ud83d\ude00', '\ud83d', '\t']
const oddTexts = [
  ...oddPieces,
  ...controls,
  ...controls.map((control) => `"${control}"`),
  '\r\n',
  '\r',
  '#\0\n',
  '# "b" 5\n',
]
const plain = fc.constantFrom(...plainPieces, ', ', ' ', '\n', '# b\n')
const odd = fc.constantFrom(...oddTexts)
const piece = fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: fc.oneof(odd, anyText) })
const document = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

describe('cutLiterals', () => {
  test('finds the literals that GraphQL.js finds', () =>
    fc.assert(
      fc.property(document, (text) => {
        const cut = cutLiterals(text)
        const tokens = readTokens(text)
        if (!cut || !tokens) return
        const found = tokens.filter(isLiteral)
        expect(tokens.map(({ kind }) => kind)).not.toContain(TokenKind.BLOCK_STRING)
        expect(cut.literals.map(({ start, node }) => ({ start, value: node.value }))).toEqual(
          found.map(({ start, value }) => ({ start, value })),
        )
        expect(cut.literals.map(({ node }) => node.kind)).toEqual(
          found.map(({ kind }) => (kind === TokenKind.INT ? 'IntValue' : 'StringValue')),
        )
        expect(cut.shape).toHaveLength(text.length)
      }),
      often,
    ))

  test('gives two texts the same shape only if their tokens differ only in the values of literals', () => {
    let equal = 0
    const digit = fc.constantFrom('0', '1', '5')
    const change = fc.record({ at: fc.nat(40), length: fc.nat(2), by: fc.oneof(digit, digit, piece) })
    fc.assert(
      fc.property(document, fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
        const changed = changes.reduce(
          (all, { at, length, by }) =>
            all.slice(0, at % (all.length + 1)) + by + all.slice((at % (all.length + 1)) + length),
          text,
        )
        const [one, other] = [cutLiterals(text), cutLiterals(changed)]
        if (!one || !other || one.shape !== other.shape) return
        const [tokens, changedTokens] = [readTokens(text), readTokens(changed)]
        expect(changedTokens === null).toBe(tokens === null)
        if (!tokens || !changedTokens) return
        if (text !== changed) equal++
        expect(haveEqualTokens(tokens, changedTokens)).toBe(true)
      }),
      often,
    )
    expect(equal).toBeGreaterThan(often.numRuns / 200)
  })

  test('gives two texts the same shape if only the values of literals of the same length differ', () => {
    const letters = fc.constantFrom('a', 'b', ' ', '#', '5', '{', "'", 'é', '\u2028', '\u007f', '\ue000')
    const string = fc.nat(5).chain((length) => {
      const value = fc.array(letters, { minLength: length, maxLength: length }).map((parts) => `"${parts.join('')}"`)
      return fc.tuple(value, value)
    })
    const integer = fc.nat(3).chain((digits) => {
      const value = fc.integer({ min: 10 ** digits, max: 10 ** (digits + 1) - 1 }).map(String)
      return fc.tuple(value, value)
    })
    const same = fc
      .constantFrom('f(a: ', ') { b }', ', ', ' ', '\n', '# "x" 1\n', '$v1', '[')
      .map((text) => [text, text])
    const pair = fc
      .array(fc.oneof(string, integer, same), { maxLength: 12 })
      .map((parts) => [0, 1].map((index) => parts.map((part) => part[index]).join(' ')) as [string, string])
    fc.assert(
      fc.property(pair, ([one, other]) => {
        expect(cutLiterals(other)?.shape).toBe(cutLiterals(one)?.shape)
      }),
      often,
    )
  })

  test.each([
    ['an escape', '{ a(b: "\\n") }'],
    ['a block string', '{ a(b: """x""") }'],
    ['an empty block string', '{ a(b: """""") }'],
    ['a float', '{ a(b: 1.5) }'],
    ['a float with an exponent', '{ a(b: 1e5) }'],
    ['an integer with a leading zero', '{ a(b: 01) }'],
    ['an integer before a letter', '{ a(b: 1x) }'],
    ['a minus sign without a number', '{ a(b: -) }'],
    ['a string that does not end', '{ a(b: "x'],
    ['a string over the end of a line', '{ a(b: "x\n") }'],
    ['half of a surrogate pair', '{ a(b: "\ud83d") }'],
    ['an emoji', '{ a(b: "\ud83d\ude00") }'],
    ['a control character', '{ a(b: "x") \u0001 }'],
    ['no literal', '{ a(b: true) { user2 } # "5"\n }'],
    ['more than 16 KiB', `{ a(b: "${'x'.repeat(16_384)}") }`],
  ])('does not cut a text with %s', (_, text) => {
    expect(cutLiterals(text)).toBeNull()
  })

  test('distinguishes two adjacent integers from one', () => {
    expect(cutLiterals('[5-7]')?.shape).not.toBe(cutLiterals('[507]')?.shape)
  })

  test('keeps everything but the values of literals', () => {
    const cut = cutLiterals('{ user2(id: "é#1", n: -12, e: "") { x } # "5"\n }')
    expect(cut?.shape).toBe('{ user2(id: "\0\0\0", n: \u0002\u0001\u0001, e: "") { x } # "5"\n }')
    expect(cut?.literals.map(({ node }) => node.value)).toEqual(['é#1', '-12', ''])
  })
})
