import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import type { Case, Row } from '../row.ts'
import { keyOf, type Fixture } from '../fixture.ts'

const accounts = { query: '{ accounts { key } }' }
const base = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

function stranger(what: string, key: (fixture: Fixture) => string | null | Promise<string | null>, search = ''): Case {
  return {
    what,
    send: async (fixture) => fixture.ask({ json: accounts, key: await key(fixture), search }),
    status: 401,
    level: 'request',
    code: 'UNAUTHENTICATED',
    says: /^Valid credentials are required: Authorization: Bearer <API key or JWT>\.$/,
  }
}

const claims = (what: string, over: () => object) => stranger(what, ({ issuer }) => issuer.sign(over()))
const header = (what: string, over: (fixture: Fixture) => object) =>
  stranger(what, (fixture) => fixture.issuer.sign({}, over(fixture)))

/** A token with this header, its own claims, and the signature that `sign` makes. */
function made(what: string, head: object, sign: (fixture: Fixture, text: string) => string): Case {
  return stranger(what, (fixture) => {
    const text = `${base(head)}.${base({ iss: 'us', aud: 'parley', sub: 'anna', exp: now() + 60, scope: 'read' })}`
    return `${text}.${sign(fixture, text)}`
  })
}

const none = () => ''
const withPem = ({ issuer }: Fixture, text: string) =>
  createHmac('sha256', issuer.publicPem).update(text).digest('base64url')

export const credentialRows: Row[] = [
  {
    id: 'C57',
    title: 'rejects requests without credentials, and shows the sign-in page',
    cases: [
      stranger('none', () => null),
      stranger('an unknown key', () => 'unknown'),
      stranger('a key cut short', () => keyOf('all').slice(0, -1)),
      stranger('the hash of a key', () => '5e88'.repeat(16)),
      stranger('two tokens', () => `${keyOf('all')} ${keyOf('all')}`),
    ],
    check: async (fixture) => {
      const { headers } = await fixture.ask({ json: accounts, key: null })
      expect(headers.get('www-authenticate')).toBe('Bearer')
      const page = await fixture.ask({ method: 'GET', headers: { accept: 'text/html' }, key: null })
      expect(page.status).toBe(200)
      expect(page.text).toContain('<form id="sign-in"')
      expect(page.text).not.toMatch(/defaultTabs|zoom|trueconf|central/i)
    },
  },
  {
    id: 'C58',
    title: 'rejects JWTs with invalid claims',
    cases: [
      claims('expired', () => ({ exp: now() - 6 })),
      claims('not yet', () => ({ nbf: now() + 60 })),
      claims('no exp', () => ({ exp: undefined })),
      claims('exp a string', () => ({ exp: String(now() + 60) })),
      claims('iss', () => ({ iss: 'them' })),
      claims('aud', () => ({ aud: 'others' })),
      claims('no iss', () => ({ iss: undefined })),
      claims('no aud', () => ({ aud: undefined })),
      claims('no sub', () => ({ sub: undefined })),
      claims('accounts no list', () => ({ parley_accounts: 'zoom' })),
      claims('scope neither text nor list', () => ({ scope: { read: true } })),
    ],
    check: async (fixture) => {
      const good = await fixture.ask({ json: accounts, key: await fixture.issuer.sign() })
      expect(good.data).toEqual({ accounts: [{ key: 'zoom' }] })
      const late = await fixture.ask({ json: accounts, key: await fixture.issuer.sign({ exp: now() - 2 }) })
      expect(late.status).toBe(200)
      const unknown = await fixture.ask({
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
      made('alg none', { alg: 'none' }, none),
      made('alg NoNe', { alg: 'NoNe' }, none),
      made('HS256 with the public key', { alg: 'HS256', kid: 'one' }, withPem),
      stranger('a strange key', ({ issuer }) => issuer.forge()),
      stranger('a cut signature', async ({ issuer }) => (await issuer.sign()).slice(0, -4)),
      stranger('two parts', async ({ issuer }) => (await issuer.sign()).split('.').slice(0, 2).join('.')),
      header('jwk inside', () => ({ jwk: { kty: 'oct', k: 'AAAA' } })),
      header('jku', ({ issuer }) => ({ jku: `${issuer.origin}/evil` })),
      header('x5u', ({ issuer }) => ({ x5u: `${issuer.origin}/evil` })),
      made('crit', { alg: 'RS256', kid: 'one', crit: ['x'], x: 1 }, none),
      header('kid', () => ({ kid: '../../x' })),
      stranger('12 KiB', async ({ issuer }) => `${await issuer.sign({ padding: 'x'.repeat(9_000) })}`),
      stranger('parts that are no JSON', () => 'a.b.c'),
    ],
    check: async ({ issuer }) => expect(new Set(issuer.asked)).toEqual(new Set(['/keys'])),
  },
  {
    id: 'C80',
    title: 'rejects 400 JWTs with unknown keys, with at most five fetches of the key set',
    check: async (fixture) => {
      const { asked } = fixture.issuer
      expect((await fixture.ask({ json: accounts, key: await fixture.issuer.sign() })).status).toBe(200)
      const before = asked.length
      for (let round = 0; round < 20; round++) {
        const tokens = Array.from({ length: 20 }, (_, number) => fixture.issuer.sign({}, { kid: `${round}-${number}` }))
        const replies = tokens.map(async (token) => fixture.ask({ json: accounts, key: await token }))
        for (const { status } of await Promise.all(replies)) expect(status).toBe(401)
      }
      // The pauses between fetches double: the sixth fetch comes after more than 30 s.
      expect(asked.length - before).toBeLessThanOrEqual(5)
    },
  },
  {
    id: 'C60',
    title: 'rejects credentials in the URL',
    cases: ['access_token', 'api_key', 'apiKey', 'token', 'authorization'].map((name) =>
      stranger(name, () => null, `?${name}=${keyOf('all')}`),
    ),
  },
]
