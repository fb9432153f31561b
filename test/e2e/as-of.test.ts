import { afterAll, beforeAll, expect, test } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { send } from '../acceptance/reply.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

interface Source {
  account: { key: string }
  asOf: string | null
  status: string
}

let trueconf: TrueConfSandbox
let central: IMeetCentralSandbox
let server: OpenServer

beforeAll(async () => {
  trueconf = await startTrueConf({ users: 120, conferences: 30, running: 1 })
  central = await startCentral({ seed: { users: 20, workspaces: 60 } })
  server = await openServer({ accounts: { trueconf: trueconf.account, central: central.account } })
})
afterAll(async () => {
  await server.close()
  await Promise.all([trueconf.close(), central.close()])
})

const sources = 'sources { account { key } status asOf }'

/** Returns the sources of the first list of a query, and the time during which the query ran. */
async function query(text: string, headers: Record<string, string> = {}) {
  const from = Date.now()
  const { data, text: body } = await send(server, { json: { query: text }, headers })
  expect(JSON.parse(body)).not.toHaveProperty('extensions')
  const [list] = Object.values(data!) as { sources: Source[]; pageInfo?: { endCursor: string } }[]
  return { sources: list!.sources, endCursor: list!.pageInfo?.endCursor, from, until: Date.now() }
}

const expectWithin = (asOf: string | null, from: number, until: number) => {
  expect(Date.parse(asOf!)).toBeGreaterThanOrEqual(from)
  expect(Date.parse(asOf!)).toBeLessThanOrEqual(until)
}

test('reports when the vendor returned the part of each account, also without a cache', async () => {
  const { sources: used, from, until } = await query(`{ users(first: 100) { ${sources} } }`)
  expect(used.map(({ status }) => status)).toEqual(['OK', 'NOT_REACHED'])
  expectWithin(used[0]!.asOf, from, until)
  expect(used[1]!.asOf).toBeNull()
  const all = await query(`{ users(first: 100, filter: { search: "zzz" }) { ${sources} } }`)
  expect(all.sources).toHaveLength(2)
  for (const { asOf } of all.sources) expectWithin(asOf, all.from, all.until)
})

test('reports the oldest response if a part is based on several', async () => {
  const before = central.ledger.length
  const delayMs = 200
  const stopDelay = central.fault({ match: { path: /workspaces/ }, kind: 'delay', ms: delayMs })
  const text = `{ conferences(first: 60, filter: { accounts: ["central"] }) { ${sources} } }`
  const { sources: used, from, until } = await query(text)
  stopDelay()
  const pages = central.ledger.slice(before).filter(({ path }) => path.endsWith('/workspaces'))
  expect(pages).toHaveLength(3)
  // The links of the pages are read one after another, so that the last response is at least two delays newer.
  expectWithin(used[0]!.asOf, from + delayMs, until - 2 * delayMs)
})

test('reports null if no response was used: unsupported lists and accounts that failed', async () => {
  const { data } = await send(server, {
    json: { query: '{ conferences(first: 100) { nodes { id account { key } } } }' },
  })
  const { id } = data!['conferences'].nodes.find((node: any) => node.account.key === 'central')
  const nested = await send(server, { json: { query: `{ conference(id: "${id}") { participants { ${sources} } } }` } })
  expect(nested.data!['conference'].participants.sources).toEqual([
    { account: { key: 'central' }, status: 'UNSUPPORTED', asOf: null },
  ])
  trueconf.fault({ match: { path: /users/ }, kind: 'status' })
  const { sources: failed } = await query(`{ users(first: 100, filter: { search: "zzz" }) { ${sources} } }`)
  expect(failed.map(({ status, asOf }) => [status, asOf !== null])).toEqual([
    ['FAILED', false],
    ['OK', true],
  ])
})

test('reports the age of a sorted list, which later pages do not read again', async () => {
  const list = (after: string | null) =>
    `{ conferences(first: 5, after: ${JSON.stringify(after)}, orderBy: { field: TITLE, direction: ASC }, filter: { accounts: ["trueconf"] })
      { ${sources} pageInfo { endCursor } } }`
  const first = await query(list(null))
  expectWithin(first.sources[0]!.asOf, first.from, first.until)
  const second = await query(list(first.endCursor!))
  expect(second.sources).toEqual(first.sources)
})
