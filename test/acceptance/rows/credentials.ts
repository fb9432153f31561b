import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import type { Case, Row } from '../row.ts'
import { getKey, type Fixture } from '../fixture.ts'

const accounts = { query: '{ accounts { key } }' }
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

function createUnauthenticated(
  name: string,
  key: (fixture: Fixture) => string | null | Promise<string | null>,
  search = '',
): Case {
  return {
    name,
    send: async (fixture) => fixture.send({ json: accounts, key: await key(fixture), search }),
    status: 401,
    level: 'request',
    code: 'UNAUTHENTICATED',
    message: /^Valid credentials are required: Authorization: Bearer <API key or JWT>\.$/,
  }
}

const withClaims = (name: string, createClaims: () => object) =>
  createUnauthenticated(name, ({ issuer }) => issuer.sign(createClaims()))
const withHeader = (name: string, createHeader: (fixture: Fixture) => object) =>
  createUnauthenticated(name, (fixture) => fixture.issuer.sign({}, createHeader(fixture)))

/** Creates a case for a token with this header, valid claims, and the signature that `sign` returns. */
function withSignature(name: string, header: object, sign: (fixture: Fixture, text: string) => string): Case {
  return createUnauthenticated(name, (fixture) => {
    const text = `${encode(header)}.${encode({ iss: 'us', aud: 'parley', sub: 'anna', exp: now() + 60, scope: 'read' })}`
    return `${text}.${sign(fixture, text)}`
  })
}

const signNothing = () => ''
const signWithPem = ({ issuer }: Fixture, text: string) =>
  createHmac('sha256', issuer.publicPem).update(text).digest('base64url')

export const credentialRows: Row[] = [
  {
    id: 'C57',
    title: 'rejects requests without credentials, and shows the sign-in page',
    cases: [
      createUnauthenticated('no key', () => null),
      createUnauthenticated('an unknown key', () => 'unknown'),
      createUnauthenticated('a truncated key', () => getKey('all').slice(0, -1)),
      createUnauthenticated('the hash of a key', () => '5e88'.repeat(16)),
      createUnauthenticated('two tokens', () => `${getKey('all')} ${getKey('all')}`),
    ],
    check: async (fixture) => {
      const { headers } = await fixture.send({ json: accounts, key: null })
      expect(headers.get('www-authenticate')).toBe('Bearer')
      const page = await fixture.send({ method: 'GET', headers: { accept: 'text/html' }, key: null })
      expect(page.status).toBe(200)
      expect(page.text).toContain('<form id="sign-in"')
      expect(page.text).not.toMatch(/defaultTabs|zoom|trueconf|central/i)
    },
  },
  {
    id: 'C58',
    title: 'rejects JWTs with invalid claims',
    cases: [
      withClaims('expired', () => ({ exp: now() - 6 })),
      withClaims('not valid yet', () => ({ nbf: now() + 60 })),
      withClaims('no exp', () => ({ exp: undefined })),
      withClaims('exp as a string', () => ({ exp: String(now() + 60) })),
      withClaims('another iss', () => ({ iss: 'them' })),
      withClaims('another aud', () => ({ aud: 'others' })),
      withClaims('no iss', () => ({ iss: undefined })),
      withClaims('no aud', () => ({ aud: undefined })),
      withClaims('no sub', () => ({ sub: undefined })),
      withClaims('accounts that are not a list', () => ({ parley_accounts: 'zoom' })),
      withClaims('scope that is neither a string nor a list', () => ({ scope: { read: true } })),
    ],
    check: async (fixture) => {
      const good = await fixture.send({ json: accounts, key: await fixture.issuer.sign() })
      expect(good.data).toEqual({ accounts: [{ key: 'zoom' }] })
      const late = await fixture.send({ json: accounts, key: await fixture.issuer.sign({ exp: now() - 2 }) })
      expect(late.status).toBe(200)
      const unknown = await fixture.send({
        json: accounts,
        key: await fixture.issuer.sign({ parley_accounts: ['nowhere'] }),
      })
      expect(unknown.data).toEqual({ accounts: [] })
    },
  },
  {
    id: 'C59',
    title: 'rejects forged JWTs, and fetches keys only from the configured URL',
    cases: [
      withSignature('alg none', { alg: 'none' }, signNothing),
      withSignature('alg NoNe', { alg: 'NoNe' }, signNothing),
      withSignature('HS256 with the public key', { alg: 'HS256', kid: 'one' }, signWithPem),
      createUnauthenticated('an unknown key', ({ issuer }) => issuer.forge()),
      createUnauthenticated('a truncated signature', async ({ issuer }) => (await issuer.sign()).slice(0, -4)),
      createUnauthenticated('two parts', async ({ issuer }) => (await issuer.sign()).split('.').slice(0, 2).join('.')),
      withHeader('jwk in the header', () => ({ jwk: { kty: 'oct', k: 'AAAA' } })),
      withHeader('jku', ({ issuer }) => ({ jku: `${issuer.origin}/evil` })),
      withHeader('x5u', ({ issuer }) => ({ x5u: `${issuer.origin}/evil` })),
      withSignature('crit', { alg: 'RS256', kid: 'one', crit: ['x'], x: 1 }, signNothing),
      withHeader('kid', () => ({ kid: '../../x' })),
      createUnauthenticated('12 KiB', async ({ issuer }) => `${await issuer.sign({ padding: 'x'.repeat(9_000) })}`),
      createUnauthenticated('parts that are not JSON', () => 'a.b.c'),
    ],
    check: async ({ issuer }) => expect(new Set(issuer.requests)).toEqual(new Set(['/keys'])),
  },
  {
    id: 'C80',
    title: 'rejects 400 JWTs with unknown keys, with at most five fetches of the key set',
    check: async (fixture) => {
      const { requests } = fixture.issuer
      expect((await fixture.send({ json: accounts, key: await fixture.issuer.sign() })).status).toBe(200)
      const before = requests.length
      for (let round = 0; round < 20; round++) {
        const tokens = Array.from({ length: 20 }, (_, number) => fixture.issuer.sign({}, { kid: `${round}-${number}` }))
        const replies = tokens.map(async (token) => fixture.send({ json: accounts, key: await token }))
        for (const { status } of await Promise.all(replies)) expect(status).toBe(401)
      }
      // The pauses between fetches double: the sixth fetch comes after more than 30 s.
      expect(requests.length - before).toBeLessThanOrEqual(5)
    },
  },
  {
    id: 'C60',
    title: 'rejects credentials in the URL',
    cases: ['access_token', 'api_key', 'apiKey', 'token', 'authorization'].map((name) =>
      createUnauthenticated(name, () => null, `?${name}=${getKey('all')}`),
    ),
  },
]
