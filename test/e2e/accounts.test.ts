import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { createClient, type SendQuery } from '../support/client.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { accountsNow, nodesById, userById, usersPage } from './documents.ts'
import { countByAccount, listUsers } from './list-users.ts'

const keys = { everything: 'key-for-both-of-the-servers', berliner: 'key-for-Berlin-and-nothing-else' }
let berlin: TrueConfSandbox
let paris: TrueConfSandbox
let server: ServerProcess
let sendQuery: SendQuery
let sendAsBerliner: SendQuery

beforeAll(async () => {
  berlin = await startTrueConf({ users: 60 })
  paris = await startTrueConf({ users: 70 })
  const hash = (key: string) => createHash('sha256').update(key).digest('hex')
  server = await startProcess({
    accounts: { berlin: berlin.account, paris: paris.account },
    clients: [
      { name: 'everything', apiKeySha256: hash(keys.everything), scopes: ['read'] },
      { name: 'berliner', apiKeySha256: hash(keys.berliner), scopes: ['read', 'explore'], accounts: ['berlin'] },
    ],
  })
  sendQuery = createClient(server.graphqlUrl, keys.everything)
  sendAsBerliner = createClient(server.graphqlUrl, keys.berliner)
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await Promise.all([berlin.close(), paris.close()])
})

const tokensOf = ({ ledger }: TrueConfSandbox) => ledger.filter(({ path }) => path.endsWith('/token')).length

test('lists two accounts of one vendor separately, with different IDs for the same vendor ID', async () => {
  const { nodes } = await listUsers(sendQuery, 'first')
  expect(countByAccount(nodes)).toEqual({ berlin: 60, paris: 70 })
  const helens = nodes.filter(({ vendorId }) => vendorId === 'helen')
  expect(helens.map(({ account }) => account.key)).toEqual(['berlin', 'paris'])
  expect(helens[0]!.id).not.toBe(helens[1]!.id)
  const { data } = await sendQuery(nodesById, { ids: helens.map(({ id }) => id) })
  expect(data!.nodes.map((node) => node!.id)).toEqual(helens.map(({ id }) => id))
})

test('does not affect an account when the token of another account of the vendor is revoked', async () => {
  await listUsers(sendQuery, 'first')
  const [renewals, calls] = [tokensOf(paris), paris.ledger.length]
  const rejection = { kind: 'status', status: 401, body: '{"error":"invalid_client"}' } as const
  berlin.fault({ match: { path: /token$/ }, ...rejection })
  berlin.fault({
    match: { path: /^\/api/ },
    kind: 'body',
    status: 403,
    body: JSON.stringify({ error: { code: 403, errors: [{ reason: 'accessTokenInvalid' }] } }),
  })
  const { data } = await sendQuery(usersPage, { first: 100 })
  berlin.clearFaults()
  expect(countByAccount(data!.users!.nodes)).toEqual({ paris: 70 })
  expect(data!.users!.sources).toMatchObject([
    { status: 'FAILED', problem: { code: 'VENDOR_AUTH_FAILED', retryable: false } },
    { status: 'OK', problem: null },
  ])
  expect(tokensOf(paris)).toBe(renewals)
  // One call for what Berlin was expected to leave of the page, and one for what it left because it failed.
  expect(paris.ledger.length).toBe(calls + 2)
})

test('hides an account from a caller that cannot use it', async () => {
  await server.restart()
  sendQuery = createClient(server.graphqlUrl, keys.everything)
  sendAsBerliner = createClient(server.graphqlUrl, keys.berliner)
  const all = await listUsers(sendQuery, 'first')
  const helen = all.nodes.find(({ vendorId, account }) => vendorId === 'helen' && account.key === 'berlin')!
  const hidden = all.nodes.find(({ account }) => account.key === 'paris')!
  const before = paris.ledger.length

  const { accounts } = (await sendAsBerliner(accountsNow, {})).data!
  expect(accounts.map(({ key }) => key)).toEqual(['berlin'])
  const own = await listUsers(sendAsBerliner, 'first')
  expect(countByAccount(own.nodes)).toEqual({ berlin: 60 })
  expect(own.pages[0]!.sources.map(({ account }) => account.key)).toEqual(['berlin'])
  expect((await sendQuery(userById, { id: helen.id })).data!.user!.sameAs).toHaveLength(1)
  const seen = paris.ledger.length
  expect(seen).toBeGreaterThan(before)
  expect((await sendAsBerliner(userById, { id: helen.id })).data!.user!.sameAs).toEqual([])

  const [gone, secret] = await Promise.all(
    [Buffer.from('User:nowhere:helen').toString('base64url'), hidden.id].map((id) =>
      sendAsBerliner(nodesById, { ids: [id] }),
    ),
  )
  expect(secret).toEqual(gone)
  expect(secret).toEqual({ data: { nodes: [null] }, errors: [] })

  const rejections = await Promise.all(
    ['nowhere', 'paris'].map((key) => sendAsBerliner(usersPage, { filter: { accounts: [key] } })),
  )
  const [unknown, known] = rejections.map(({ errors }) => errors[0]!)
  expect(known!.message).toBe(unknown!.message)
  expect(known!.message).not.toContain('paris')
  expect(known!.extensions.code).toBe('BAD_USER_INPUT')

  const foreign = await sendAsBerliner(usersPage, { after: all.pages[0]!.pageInfo.endCursor! })
  expect(foreign.errors[0]!.extensions.code).toBe('CURSOR_FOREIGN')
  expect(paris.ledger.length).toBe(seen)
})
