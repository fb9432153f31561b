import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { keyOf } from '../fixture.ts'
import type { Case, Row } from '../row.ts'
import { ask, graphqlType, type Ask } from '../reply.ts'

const json = { 'content-type': 'application/json' }
const accounts = { query: '{ accounts { key } }' }
const utf8 = (hex: string) =>
  Buffer.concat([Buffer.from('{"query":"{ account(key: \\"'), Buffer.from(hex, 'hex'), Buffer.from('\\") { key } }"}')])
const mutation = 'mutation { __typename }'

function refused(what: string, request: Ask, status: number, code: Code, says: RegExp): Case {
  return { what, send: (fixture) => fixture.ask(request), status, level: 'request', code, says }
}
const bad = (what: string, request: Ask, says: RegExp) => refused(what, request, 400, 'BAD_USER_INPUT', says)
const media = (what: string, request: Ask, says: RegExp) => refused(what, request, 415, 'UNSUPPORTED_MEDIA_TYPE', says)
const works = (what: string, request: Ask): Case => ({
  what,
  send: (fixture) => fixture.ask(request),
  status: 200,
  level: 'works',
})
const get = (query: string, more: Ask = {}): Ask => ({
  method: 'GET',
  search: `?query=${encodeURIComponent(query)}`,
  ...more,
})
const typed = (type: string, body = JSON.stringify(accounts)): Ask => ({ headers: { 'content-type': type }, body })
const cut = (text: string) => bad(`body ${text.slice(0, 30)}`, { headers: json, body: text }, /JSON/)

const known = /application\/json/

const multipart = 'multipart/form-data; boundary=x'
const part = `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${JSON.stringify(accounts)}\r\n--x--\r\n`

async function preflight(fixture: Parameters<Case['send']>[0]): Promise<void> {
  for (const origin of ['https://evil.example', 'null']) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const { status, headers: answer } = await fixture.ask({ method: 'OPTIONS', headers, key: null })
    expect(status).toBe(204)
    expect([...answer.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    const { headers: simple } = await fixture.ask({ ...get('{ __typename }'), headers: { origin } })
    expect(simple.get('access-control-allow-origin')).toBeNull()
  }
}

export const httpRows: Row[] = [
  {
    id: 'C52',
    title: 'what is no UTF-8',
    cases: [
      ...['fffe', 'c0af', 'eda080', 'f5808080'].map((hex) => bad(hex, { headers: json, body: utf8(hex) }, /UTF-8/)),
      ...['%FF%FE', '%C0%AF', '%'].map((text) =>
        bad(`in the URL: ${text}`, { method: 'GET', search: `?query=${text}` }, /UTF-8/),
      ),
      media('charset UTF-7', typed('application/json; charset=utf-7'), /UTF-8/),
      media('charset UTF-16', typed('application/json; charset=utf-16'), /UTF-8/),
    ],
  },
  {
    id: 'C53',
    title: 'the Content-Type',
    cases: [
      ...[
        'text/plain',
        'application/x-www-form-urlencoded',
        'application/json, text/plain',
        'application/graphql',
        'json',
      ].map((type) => media(type, typed(type), known)),
      media('none', { body: Buffer.from(JSON.stringify(accounts)) }, known),
      works('APPLICATION/JSON', typed('APPLICATION/JSON')),
      works('charset', typed('application/json; charset="UTF-8"')),
    ],
  },
  {
    id: 'C54',
    title: 'rejects mutations with a method other than POST',
    cases: [
      refused('by GET', get(mutation), 405, 'BAD_USER_INPUT', /POST/),
      bad('in the URL of a POST', { search: get(mutation).search!, json: {} }, /query/),
      works('beside the URL of a POST', { search: get(mutation).search!, json: accounts }),
    ],
    check: async (fixture) => {
      expect((await fixture.ask(get(mutation))).headers.get('allow')).toBe('POST')
      const { status, headers } = await fixture.ask(get(mutation, { method: 'HEAD' }))
      expect(status).toBe(405)
      expect(headers.get('allow')).toContain('POST')
    },
  },
  {
    id: 'C55',
    title: 'rejects requests that a foreign page can send without a preflight',
    cases: [
      refused('multipart', typed(multipart, part), 403, 'CSRF_BLOCKED', /x-parley-csrf/),
      media('a form', typed('application/x-www-form-urlencoded', 'query=mutation{__typename}'), known),
      media('text', typed('text/plain'), known),
      ...['text/plain', 'application/x; charset=x', 'multipart/form-data', 'text/plain; application/json'].map((type) =>
        media(`GET with ${type}`, get('{ accounts { key } }', { headers: { 'content-type': type } }), /Content-Type/),
      ),
      works('a plain GET', get('{ accounts { key } }')),
      works('a GET with the type of a POST', get('{ accounts { key } }', { headers: json })),
    ],
  },
  { id: 'C56', title: 'a preflight from elsewhere', check: preflight },
  {
    id: 'C65',
    title: 'rejects a body that is not a GraphQL request',
    cases: [
      ...['{"query":"{ accounts', '{"query":"{ a }"} rubbish', '', '{'].map(cut),
      ...['null', '[]', '"x"', '5'].map((text) => bad(text, { headers: json, body: text }, /JSON object/)),
      bad('no query', { json: {} }, /query/),
      bad('a query that is no text', { json: { query: 5 } }, /query.*string/),
      bad('an unknown parameter', { json: { ...accounts, canary: 1 } }, /parameters are query/),
      bad('variables that are a list', { json: { ...accounts, variables: [1] } }, /variables.*object/),
      bad(
        'variables in the URL',
        { method: 'GET', search: '?query=%7B__typename%7D&variables=%7B' },
        /variables.*JSON/,
      ),
      refused(
        'a query that cannot be parsed',
        { json: { query: '{ accounts { canary' } },
        400,
        'GRAPHQL_PARSE_FAILED',
        /Syntax/,
      ),
    ],
    check: async (fixture) => {
      for (const body of ['{"query":"canary', '{"query":"{ a }","canary":1}', '{"query":"{ a(b: \\"canary"}'])
        expect((await fixture.ask({ headers: json, body })).text).not.toContain('canary')
    },
  },
  {
    id: 'C68',
    title: 'a compressed request',
    cases: ['gzip', 'br', 'deflate, gzip'].map((coding) =>
      media(
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
      refused(accept, { headers: { accept }, json: accounts }, 406, 'UNSUPPORTED_MEDIA_TYPE', /application\/json/),
    ),
  },
  {
    id: 'C71',
    title: 'ignores forwarded headers of an untrusted client',
    cases: [
      works('all of them', {
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
      const made = 'made-up-request-id'
      const { text, headers } = await fixture.ask({
        json: { query: '{' },
        headers: { 'x-request-id': made, 'x-forwarded-host': 'evil.example' },
      })
      expect(text).not.toMatch(/made-up|evil/)
      expect(headers.get('x-request-id')).not.toBe(made)
    },
  },
  {
    id: 'C72',
    title: 'escapes names that could forge a log line',
    check: async (fixture) => {
      const names = ['a\n{"level":"error"}', '\u001b[2J\u001b[31m', '\u2028{"level":60}']
      for (const operationName of names) {
        const lines = fixture.guarded.stderr().length
        const { status, headers } = await fixture.ask({
          json: { ...accounts, operationName },
          headers: { accept: 'application/json' },
        })
        expect(status).toBe(200)
        const id = headers.get('x-request-id')!
        await expect.poll(() => fixture.guarded.stderr().slice(lines)).toContain(id)
        const said = fixture.guarded.stderr().slice(lines)
        for (const forged of ['\u001b', '\u2028', '"error"}']) expect(said).not.toContain(forged)
        for (const line of said.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level')
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
      const both = Array.from({ length: 20 }, (_, i) => fixture.query(query, {}, i % 2 ? 'zoomer' : 'berliner'))
      for (const [index, { text, errors }] of (await Promise.all(both)).entries()) {
        expect(errors).toBeUndefined()
        expect(text).not.toContain(index % 2 ? 'berlin' : 'zoom')
      }
      const { text } = await ask(fixture.guarded, {
        json: { query },
        key: keyOf('berliner'),
        headers: { accept: graphqlType },
      })
      expect(text).not.toContain('central')
    },
  },
]
