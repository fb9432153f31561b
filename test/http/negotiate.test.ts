import { expect, test } from 'vitest'
import { answerType, bodyType } from '../../src/http/request/negotiate.ts'

const [json, response] = ['application/json', 'application/graphql-response+json'] as const

test.each([
  [undefined, json],
  ['', json],
  ['*/*', json],
  [`${json};q=0, */*`, response],
  [`${json};q=0, application/*;q=0.5`, response],
  [`${response};q=0, */*`, json],
  [`text/html, */*;q=0.1`, json],
  [`${json};q=0.5, ${response}`, response],
] as const)('Accept %s is answered as %s', (accept, type) => {
  expect(answerType(accept)).toBe(type)
})

test.each([`${json};q=0`, `${json};q=0, ${response};q=0, */*`, '*/*;q=0', 'text/html'])(
  'Accept %s is 406',
  (accept) => {
    expect(() => answerType(accept)).toThrow(/Not acceptable/)
  },
)

test('reads 50 media types of an Accept header, and no more', () => {
  expect(answerType(`${'text/html,'.repeat(49)}${json}`)).toBe(json)
  expect(() => answerType(`${'text/html,'.repeat(50)}${json}`)).toThrow(/Not acceptable/)
})

test('rejects a Content-Type with 50 characters of white space in a row', () => {
  expect(bodyType(`${json};${'\t'.repeat(49)}a=b`, undefined)).toBe('json')
  expect(() => bodyType(`${json};${'\t'.repeat(50)}a=b`, undefined)).toThrow(/application\/json/)
})

test('an empty Content-Encoding is none', () => {
  expect(bodyType(json, '')).toBe('json')
  expect(() => bodyType(json, 'gzip')).toThrow(/Content-Encoding/)
})
