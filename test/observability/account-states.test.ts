import { expect, onTestFinished, test, vi } from 'vitest'
import { startProcess } from '../support/server.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { computeAccountState } from '../../src/upstream/account-state.ts'
import { open } from '../operations/open.ts'
import { scrape } from './scrape.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

async function start(limits: object = {}, change: object = {}) {
  const sandbox = await startSandbox('trueconf')
  const parley = await startProcess({
    accounts: { berlin: { ...sandbox.account, ...change } },
    limits: { backoffBase: 1, attempts: 1, ...limits },
  })
  onTestFinished(async () => void (await Promise.all([parley.dispose(), sandbox.close()])))
  const sendQuery = async (query: string, signal?: AbortSignal): Promise<any> => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify({ query }), ...(signal && { signal }) }
    return (await fetch(`${parley.url}/graphql`, init)).json()
  }
  return {
    sandbox,
    list: (signal?: AbortSignal) => sendQuery('{ users(first: 1) { nodes { id } } }', signal),
    changes: () =>
      parley
        .lines()
        .filter(({ msg }) => msg === 'account state changed')
        .map(({ level, account, from, to, code }) => [level, account, from, to, code]),
    /** State from GraphQL and from the gauge, which must be the same. */
    state: async (): Promise<string> => {
      const { data } = await sendQuery('{ accounts { health { state } } }')
      const samples = await scrape(parley.url)
      const states = [...samples].filter(([name]) => name.startsWith('parley_account_state{'))
      expect(states).toHaveLength(6)
      const { state } = data.accounts[0].health
      const present = states.filter(([, value]) => value === 1).map(([name]) => name)
      expect(present).toEqual([`parley_account_state{account="berlin",state="${state}"}`])
      return state
    },
  }
}

test('logs and exports each change of the state of an account', async () => {
  const { sandbox, list, changes, state } = await start()
  expect(await state()).toBe('UNUSED')
  await list()
  expect(await state()).toBe('OK')
  await vi.waitFor(() => expect(changes()).toHaveLength(1), { timeout: 5_000 })
  sandbox.fault({ match: { path: /users/ }, kind: 'status', status: 503 })
  await list()
  await list()
  expect(await state()).toBe('UNAVAILABLE')
  await vi.waitFor(() => expect(changes()).toHaveLength(2), { timeout: 5_000 })
  sandbox.clearFaults()
  await list()
  expect(await state()).toBe('OK')
  await vi.waitFor(() => expect(changes()).toHaveLength(3), { timeout: 5_000 })
  expect(changes()).toEqual([
    [30, 'berlin', 'UNUSED', 'OK', undefined],
    [40, 'berlin', 'OK', 'UNAVAILABLE', 'VENDOR_UNAVAILABLE'],
    [30, 'berlin', 'UNAVAILABLE', 'OK', undefined],
  ])
})

test('logs an error when the vendor rejects the credentials', async () => {
  const { sandbox, list, changes, state } = await start()
  sandbox.fault({ match: { path: /token/ }, kind: 'status', status: 400 })
  await list()
  expect(await state()).toBe('MISCONFIGURED')
  await vi.waitFor(() => expect(changes()).toEqual([[50, 'berlin', 'UNUSED', 'MISCONFIGURED', 'VENDOR_AUTH_FAILED']]))
})

test('logs a warning about a vendor that hangs before the retries end', async () => {
  const { sandbox, list, changes, state } = await start({ headersTimeout: 200, attempts: 3, backoffBase: 60_000 })
  sandbox.fault({ match: { path: /users/ }, kind: 'delay', ms: 60_000 })
  const client = new AbortController()
  const waiting = list(client.signal).catch(() => {})
  await vi.waitFor(() => expect(changes()).toEqual([[40, 'berlin', 'UNUSED', 'UNAVAILABLE', 'VENDOR_TIMEOUT']]))
  expect(await state()).toBe('UNAVAILABLE')
  client.abort()
  await waiting
})

test('reports a vendor that did not respond within the 5 s for which a client waited', async () => {
  const { sandbox, account, clock, execute } = await open(trueconf)
  sandbox.fault({ match: { path: /users/ }, kind: 'delay', ms: 60_000 })
  const list = async (waitMs: number) => {
    const client = new AbortController()
    const calls = sandbox.ledger.length
    const waiting = execute('{ users(first: 1) { nodes { id } } }', {}, { signal: client.signal }).catch(() => {})
    await vi.waitFor(() =>
      expect(sandbox.ledger.slice(calls).map(({ path }) => path)).toContainEqual(expect.stringMatching(/users/)),
    )
    clock.advance(waitMs)
    client.abort()
    await waiting
    return computeAccountState(account.upstream.getHealth())
  }
  expect(await list(4_999)).toBe('OK')
  expect(await list(5_000)).toBe('DEGRADED')
})
