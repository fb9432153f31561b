import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { getKey } from '../fixture.ts'
import type { Case, Row } from '../row.ts'
import { send, graphqlType, type RequestOptions } from '../reply.ts'

const json = { 'content-type': 'application/json' }
const accounts = { query: '{ accounts { key } }' }
const utf8 = (hex: string) =>
  Buffer.concat([Buffer.from('{"query":"{ account(key: \\"'), Buffer.from(hex, 'hex'), Buffer.from('\\") { key } }"}')])
const mutation = 'mutation { __typename }'

function createRejected(name: string, request: RequestOptions, status: number, code: Code, message: RegExp): Case {
  return { name, send: (fixture) => fixture.send(request), status, level: 'request', code, message }
}
const createBadInput = (name: string, request: RequestOptions, message: RegExp) =>
  createRejected(name, request, 400, 'BAD_USER_INPUT', message)
const createUnsupported = (name: string, request: RequestOptions, message: RegExp) =>
  createRejected(name, request, 415, 'UNSUPPORTED_MEDIA_TYPE', message)
const createAccepted = (name: string, request: RequestOptions): Case => ({
  name,
  send: (fixture) => fixture.send(request),
  status: 200,
  level: 'works',
})
const createGet = (query: string, more: RequestOptions = {}): RequestOptions => ({
  method: 'GET',
  search: `?query=${encodeURIComponent(query)}`,
  ...more,
})
const withType = (type: string, body = JSON.stringify(accounts)): RequestOptions => ({
  headers: { 'content-type': type },
  body,
})
const createMalformedJson = (text: string) =>
  createBadInput(`body ${text.slice(0, 30)}`, { headers: json, body: text }, /JSON/)

const supportedType = /application\/json/

const multipart = 'multipart/form-data; boundary=x'
const part = `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify(accounts)}\r\n--x--\r\n`

async function expectNoCorsHeaders(fixture: Parameters<Case['send']>[0]): Promise<void> {
  for (const origin of ['https://evil.example', 'null']) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const { status, headers: preflight } = await fixture.send({ method: 'OPTIONS', headers, key: null })
    expect(status).toBe(204)
    expect([...preflight.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const { headers: simple } = await fixture.send({ ...createGet('{ __typename }'), headers: { origin } })
    expect(simple.get('access-control-allow-origin')).toBeNull()
  }
}

export const httpRows: Row[] = [
  {
    id: 'C52',
    title: 'rejects text that is not UTF-8',
    cases: [
      ...['fffe', 'c0af', 'eda080', 'f5808080'].map((hex) =>
        createBadInput(hex, { headers: json, body: utf8(hex) }, /UTF-8/),
      ),
      ...['%FF%FE', '%C0%AF', '%'].map((text) =>
        createBadInput(`in the URL: ${text}`, { method: 'GET', search: `?query=${text}` }, /UTF-8/),
      ),
      createUnsupported('charset UTF-7', withType('application/json; charset=utf-7'), /UTF-8/),
      createUnsupported('charset UTF-16', withType('application/json; charset=utf-16'), /UTF-8/),
    ],
  },
  {
    id: 'C53',
    title: 'accepts JSON of any spelling, and rejects other types',
    cases: [
      ...[
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/json, text/plain',
        'application/graphql',
        'json',
      ].map((type) => createUnsupported(type, withType(type), supportedType)),
      createUnsupported('no type', { body: Buffer.from(JSON.stringify(accounts)) }, supportedType),
      createAccepted('APPLICATION/JSON', withType('APPLICATION/JSON')),
      createAccepted('charset', withType('application/json; charset="UTF-8"')),
    ],
  },
  {
    id: 'C54',
    title: 'rejects mutations with a method other than POST',
    cases: [
      createRejected('by GET', createGet(mutation), 405, 'BAD_USER_INPUT', /POST/),
      createBadInput('in the URL of a POST', { search: createGet(mutation).search!, json: {} }, /query/),
      createAccepted('besides the URL of a POST', { search: createGet(mutation).search!, json: accounts }),
    ],
    check: async (fixture) => {
      expect((await fixture.send(createGet(mutation))).headers.get('allow')).toBe('POST')
      const { status, headers } = await fixture.send(createGet(mutation, { method: 'HEAD' }))
      expect(status).toBe(405)
      expect(headers.get('allow')).toContain('POST')
    },
  },
  {
    id: 'C55',
    title: 'rejects requests that a foreign page can send without a preflight',
    cases: [
      createRejected('multipart', withType(multipart, part), 403, 'CSRF_BLOCKED', /x-parley-csrf/),
      createUnsupported(
        'a form',
        withType('application/x-www-form-urlencoded', 'query=mutation{__typename}'),
        supportedType,
      ),
      createUnsupported('text', withType('text/plain'), supportedType),
      ...['text/plain', 'application/x; charset=x', 'multipart/form-data', 'text/plain; application/json'].map((type) =>
        createUnsupported(
          `GET with ${type}`,
          createGet('{ accounts { key } }', { headers: { 'content-type': type } }),
          /Content-Type/,
        ),
      ),
      createAccepted('a plain GET', createGet('{ accounts { key } }')),
      createAccepted('a GET with the type of a POST', createGet('{ accounts { key } }', { headers: json })),
    ],
  },
  { id: 'C56', title: 'returns no CORS headers to pages of another origin', check: expectNoCorsHeaders },
  {
    id: 'C65',
    title: 'rejects a body that is not a GraphQL request',
    cases: [
      ...['{"query":"{ accounts', '{"query":"{ a }"} rubbish', '', '{'].map(createMalformedJson),
      ...['null', '[]', '"x"', '5'].map((text) => createBadInput(text, { headers: json, body: text }, /JSON object/)),
      createBadInput('no query', { json: {} }, /query/),
      createBadInput('a query that is not a string', { json: { query: 5 } }, /query.*string/),
      createBadInput('an unknown parameter', { json: { ...accounts, canary: 1 } }, /parameters are query/),
      createBadInput('variables that are a list', { json: { ...accounts, variables: [1] } }, /variables.*object/),
      createBadInput(
        'variables in the URL',
        { method: 'GET', search: '?query=%7B__typename%7D&variables=%7B' },
        /variables.*JSON/,
      ),
      createRejected(
        'a query that cannot be parsed',
        { json: { query: '{ accounts { canary' } },
        400,
        'GRAPHQL_PARSE_FAILED',
        /Syntax/,
      ),
    ],
    check: async (fixture) => {
      for (const body of ['{"query":"canary', '{"query":"{ a }","canary":1}', '{"query":"{ a(b: \\"canary"}'])
        expect((await fixture.send({ headers: json, body })).text).not.toContain('canary')
    },
  },
  {
    id: 'C68',
    title: 'rejects a compressed request',
    cases: ['gzip', 'br', 'deflate, gzip'].map((coding) =>
      createUnsupported(
        coding,
        { headers: { ...json, 'content-encoding': coding }, body: JSON.stringify(accounts) },
        /Content-Encoding/,
      ),
    ),
  },
  {
    id: 'C70',
    title: 'rejects an Accept header that cannot be satisfied',
    cases: ['text/xml', 'image/*', 'application/json; charset=utf-16', 'application/json;q=0'].map((accept) =>
      createRejected(
        accept,
        { headers: { accept }, json: accounts },
        406,
        'UNSUPPORTED_MEDIA_TYPE',
        /application\/json/,
      ),
    ),
  },
  {
    id: 'C71',
    title: 'ignores forwarded headers of an untrusted client',
    cases: [
      createAccepted('all forwarded headers', {
        json: accounts,
        headers: {
          'x-forwarded-for': '127.0.0.1',
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'gopher',
          forwarded: 'for=1',
        },
      }),
    ],
    check: async (fixture) => {
      const requestId = 'forged-request-id'
      const { text, headers } = await fixture.send({
        json: { query: '{' },
        headers: { 'x-request-id': requestId, 'x-forwarded-host': 'evil.example' },
      })
      expect(text).not.toMatch(/forged|evil/)
      expect(headers.get('x-request-id')).not.toBe(requestId)
    },
  },
  {
    id: 'C72',
    title: 'escapes names that could forge a log line',
    check: async (fixture) => {
      const names = ['a\n{"level":"error"}', '\u001b[2J\u001b[31m', '\u2028{"level":60}']
      for (const operationName of names) {
        const lines = fixture.guarded.stderr().length
        const { status, headers } = await fixture.send({
          json: { ...accounts, operationName },
          headers: { accept: 'application/json' },
        })
        expect(status).toBe(200)
        const id = headers.get('x-request-id')!
        await expect.poll(() => fixture.guarded.stderr().slice(lines)).toContain(id)
        const logged = fixture.guarded.stderr().slice(lines)
        for (const forged of ['\u001b', '\u2028', '"error"}']) expect(logged).not.toContain(forged)
        for (const line of logged.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
      }
    },
  },
  {
    id: 'C73',
    title: "returns no data of one caller for another caller's key",
    check: async (fixture) => {
      const query = '{ accounts { key } users(first: 3) { nodes { account { key } } sources { account { key } } } }'
      for (let round = 0; round < 3; round++) {
        const zoomer = await fixture.query(query, {}, 'zoomer')
        const berliner = await fixture.query(query, {}, 'berliner')
        expect(zoomer.text).not.toContain('berlin')
        expect(berliner.text).not.toContain('zoom')
        for (const { headers } of [zoomer, berliner]) expect(headers.get('cache-control')).toBe('private, no-store')
      }
    },
  },
  {
    id: 'C74',
    title: 'returns only the accounts of each caller to concurrent identical queries',
    check: async (fixture) => {
      const query =
        '{ accounts { key health { calls } } users(first: 5) { nodes { sameAs { account { key } } account { key } } } }'
      const replies = Array.from({ length: 20 }, (_, i) => fixture.query(query, {}, i % 2 ? 'zoomer' : 'berliner'))
      for (const [index, { text, errors }] of (await Promise.all(replies)).entries()) {
        expect(errors).toBeUndefined()
        expect(text).not.toContain(index % 2 ? 'berlin' : 'zoom')
      }
      const { text } = await send(fixture.guarded, {
        json: { query },
        key: getKey('berliner'),
        headers: { accept: graphqlType },
      })
      expect(text).not.toContain('central')
    },
  },
]
