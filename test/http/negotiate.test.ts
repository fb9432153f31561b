import { expect, test } from 'vitest'
import { negotiateMediaType, parseBodyType, prefersHtml } from '../../src/http/request/negotiate.ts'

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
  [`${json};q=0.1, */*`, response],
  [`${json};q=0.1, application/*`, response],
  [`${response};q=0.1, */*;q=0.5`, json],
  [`*/*, ${response}`, response],
  [`*/*;q=0.9, ${json};q=0.5`, response],
  [`application/*;q=0.2, */*;q=0.9`, json],
  [`${json}, ${response}`, json],
  [`${response}, ${json}`, response],
  [`APPLICATION/JSON;Q=0.1, */*`, response],
  [`${json};charset=utf-8`, json],
  [`${response}; charset="UTF-8"`, response],
  [`${response};charset=utf8`, response],
  [`${response};charset=utf-8;q=0.1, */*`, json],
  [`${json};indent=2`, json],
  [`multipart/mixed;deferSpec=20220824, ${response}, ${json};q=0.9`, response],
] as const)('responds to Accept %s with %s', (accept, type) => {
  expect(negotiateMediaType(accept)).toBe(type)
})

test.each([
  `${json};q=0`,
  `${json};q=0, ${response};q=0, */*`,
  '*/*;q=0',
  'text/html',
  `${json};charset=latin1`,
  `${json};q=much`,
  'json',
  ',;',
])('rejects Accept %s with 406', (accept) => {
  expect(() => negotiateMediaType(accept)).toThrow(/Accept header must allow/)
})

test('reads at most 50 media types of an Accept header', () => {
  expect(negotiateMediaType(`${'text/html,'.repeat(49)}${json}`)).toBe(json)
  expect(() => negotiateMediaType(`${'text/html,'.repeat(50)}${json}`)).toThrow(/Accept header must allow/)
})

test('rejects a Content-Type with 50 consecutive characters of white space', () => {
  expect(parseBodyType(`${json};${'\t'.repeat(49)}a=b`, undefined)).toBe('json')
  expect(() => parseBodyType(`${json};${'\t'.repeat(50)}a=b`, undefined)).toThrow(/application\/json/)
})

test('ignores an empty Content-Encoding', () => {
  expect(parseBodyType(json, '')).toBe('json')
  expect(() => parseBodyType(json, 'gzip')).toThrow(/Content-Encoding/)
})

test.each([
  ['text/html', true],
  ['TEXT/HTML', true],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['*/*, text/html', false],
  ['text/html;q=0.5, */*', false],
  ['*/*', false],
  ['', false],
  [undefined, false],
])('reports whether Accept %s prefers HTML: %s', (accept, isPage) => {
  expect(prefersHtml(accept)).toBe(isPage)
})
