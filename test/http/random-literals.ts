import * as fc from 'fast-check'
import { Lexer, Source, TokenKind } from 'graphql'
import { encodeId } from '../../src/schema/ids.ts'

const ids = ['u1', 'u2', 'x9'].map((part) => JSON.stringify(encodeId('User', 'zoom', part)))
const words =
  '"a" "b" "йцу" "укв" "" "ab" "\\n" "\\u0041" """a""" "😀" "constructor" "2031-02-03T04:05:06Z" "2031-02-33T04:05:06Z" ' +
  '"b@example.com" "b.example.com" "Europe/Madrid" "https://example.org/" "12345678901234567890"'
const strings = [...words.split(' '), ...ids]
const integers = ['0', '1', '4', '7', '9', '-1', '10', '99', '100', '101', '2147483647', '2147483648', '-2147483648']
const others = ['1.5', 'true', 'null', 'ACTIVE', '[]', '{}', '["a", "b"]', '$v0', '12345678901234567890', '01']

/** Returns a value that is nearly always of the same kind and length. */
const replace = (literal: string, isInteger: boolean): fc.Arbitrary<string> => {
  const all = isInteger ? integers : strings
  const ofSameLength = all.filter(({ length }) => length === literal.length)
  const arbitraries = [
    { weight: 20, arbitrary: fc.constantFrom(literal, ...ofSameLength) },
    { weight: 1, arbitrary: fc.constantFrom(...all, ...others) },
  ]
  return fc.oneof(...arbitraries)
}

/** Creates documents that differ from a document only in its literals. */
export function randomVariants(text: string, count: number): fc.Arbitrary<string[]> {
  const literals: { start: number; end: number; isInteger: boolean }[] = []
  const lexer = new Lexer(new Source(text))
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    const { kind, start, end } = token
    const isInteger = kind === TokenKind.INT
    if (isInteger || kind === TokenKind.STRING) literals.push({ start, end, isInteger })
  }
  const variant = fc
    .tuple(...literals.map(({ start, end, isInteger }) => replace(text.slice(start, end), isInteger)))
    .map((values) => {
      let from = 0
      const parts = literals.map(({ start, end }, index) => {
        const part = text.slice(from, start) + values[index]!
        from = end
        return part
      })
      return parts.join('') + text.slice(from)
    })
  return fc.array(variant, { minLength: count, maxLength: count })
}
