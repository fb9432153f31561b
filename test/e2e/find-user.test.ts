import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxName } from '../../src/sandboxes/index.ts'
import { sendQuery, type QueryResult } from '../support/send-query.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

interface Person {
  id: string
  vendorId: string
  email: string
}

let server: SandboxServer

beforeAll(async () => {
  server = await openSandboxServer({ limits: { scanCalls: 5 } })
})
afterAll(() => server?.close())

/** Returns the result, and the paths that the vendor received. */
async function find(account: string, ref: object): Promise<QueryResult & { calls: string[] }> {
  const query = `query ($account: String!, $ref: UserRef!) { user: userBy(account: $account, ref: $ref) { id vendorId email } }`
  const ledger = server.sandboxes.running[account as SandboxName]?.ledger ?? []
  const from = ledger.length
  const result = await sendQuery(server.graphqlUrl, query, { account, ref })
  const calls = ledger.slice(from).map(({ method, path }) => `${method} ${path}`)
  return { ...result, calls: calls.filter((call) => !call.includes('token')) }
}

async function listUsers(account: string, first = 3): Promise<Person[]> {
  const query = `{ users(first: ${first}, filter: { accounts: ["${account}"] }) { nodes { id vendorId email } } }`
  const { data } = await sendQuery(server.graphqlUrl, query)
  return (data as { users: { nodes: Person[] } }).users.nodes
}

describe('userBy', () => {
  test.each(['zoom', 'trueconf'])(
    'finds a user of %s by ID, vendor ID, and email address in any letter case, with one vendor call each',
    async (account) => {
      const user = (await listUsers(account)).at(-1)!
      for (const ref of [
        { id: user.id },
        { vendorId: user.vendorId },
        { email: user.email },
        { email: user.email.toUpperCase() },
      ]) {
        const { data, errors, calls } = await find(account, ref)
        expect(errors).toBeUndefined()
        expect(data).toEqual({ user })
        expect(calls).toHaveLength(1)
      }
    },
  )

  test('scans the users of iMeet Central up to the scan limit', async () => {
    const users = await listUsers('imeetcentral', 100)
    const { data, calls } = await find('imeetcentral', { email: users[30]!.email.toUpperCase() })
    expect(data).toEqual({ user: users[30] })
    expect(calls.length).toBeLessThanOrEqual(2)
    const missing = await find('imeetcentral', { email: 'nobody@example.com' })
    expect(missing.data).toEqual({ user: null })
    expect(missing.errors).toMatchObject([{ path: ['user'], extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }])
    expect(missing.calls).toHaveLength(5)
  })

  test.each([
    ['zoom', { email: 'nobody@example.com' }],
    ['zoom', { vendorId: 'n0b0dy' }],
    ['zoom', { vendorId: '../users' }],
    ['trueconf', { email: 'nobody@example.com' }],
    ['trueconf', { vendorId: 'n0b0dy' }],
  ])('returns null for a user whom %s does not have: %j', async (account, ref) => {
    const { data, errors, calls } = await find(account, ref)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ user: null })
    expect(calls).toHaveLength(1)
  })

  test.each([
    ['zoom', { vendorId: '' }, ['ref', 'vendorId']],
    ['zoom', { vendorId: 'me' }, ['ref', 'vendorId']],
    ['trueconf', { vendorId: '..' }, ['ref', 'vendorId']],
    ['trueconf', { vendorId: 'a\u0000' }, ['ref', 'vendorId']],
    ['other', { vendorId: 'a' }, ['account']],
  ])('rejects what cannot be a reference to a user of %s, without a vendor call: %j', async (account, ref, path) => {
    const { data, errors, calls } = await find(account, ref)
    expect(data).toEqual({ user: null })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(errors![0]!.message).toContain(`"${path.join('.')}"`)
    expect(calls).toEqual([])
  })

  test('rejects the ID of a user of another account', async () => {
    const [user] = await listUsers('trueconf')
    const { errors, calls } = await find('zoom', { id: user!.id })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(calls).toEqual([])
  })

  test('reports that the account could not be read, instead of null', async () => {
    for (const account of ['zoom', 'trueconf', 'imeetcentral'] as const) {
      const clear = server.sandboxes.running[account]!.fault({ match: { path: /users/ }, kind: 'status', status: 403 })
      const { data, errors } = await find(account, { email: 'nobody@example.com' })
      clear()
      expect(data).toEqual({ user: null })
      expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_FORBIDDEN', account } }])
    }
  })
})
