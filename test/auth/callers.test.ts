import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Callers, type CallerSettings } from '../../src/auth/callers.ts'

const createClient = (name: string, settings: object = {}) => ({
  name,
  apiKeySha256: createHash('sha256').update(name).digest('hex'),
  scopes: ['read', 'recordings'] as const,
  accounts: null,
  ...settings,
})
const createIssuer = (name?: string) => ({
  name,
  issuer: `https://${name}.example.com`,
  audience: 'parley',
  jwksUrl: 'https://login.example.com/keys',
  maxKeyAgeSeconds: 86_400,
})

function createCallers(settings: CallerSettings): Callers {
  const callers = new Callers({ onKeySetChange: () => {} })
  callers.apply(settings)
  return callers
}

describe('canUse', () => {
  const callers = createCallers({
    clients: [createClient('ada', { accounts: ['zoom'] }), createClient('reader', { scopes: ['read'] })],
    jwt: [createIssuer(), createIssuer('partner')],
  })

  test.each([
    ['ada', 'zoom', true],
    ['ada', 'berlin', false],
    ['reader', 'zoom', false],
    ['nobody', 'zoom', false],
    ['local', 'zoom', false],
    ['jwt:ada', 'zoom', true],
    ['jwt.partner:ada', 'zoom', true],
    ['jwt.other:ada', 'zoom', false],
  ])('decides for the caller %s and the account %s', (caller, account, expected) => {
    expect(callers.canUse(caller, 'recordings', account)).toBe(expected)
  })

  test('accepts only the local caller if no callers are configured', () => {
    const open = createCallers({ clients: [], jwt: null })
    expect(open.canUse('local', 'recordings', 'zoom')).toBe(true)
    expect(open.canUse('ada', 'recordings', 'zoom')).toBe(false)
  })

  test('uses the callers of the last configuration', () => {
    const changing = createCallers({ clients: [createClient('ada')], jwt: null })
    expect(changing.canUse('ada', 'recordings', 'zoom')).toBe(true)
    changing.apply({ clients: [createClient('ada', { scopes: ['read'] })], jwt: null })
    expect(changing.canUse('ada', 'recordings', 'zoom')).toBe(false)
  })
})
