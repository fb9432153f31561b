import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import { startProcess } from '../support/server.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import { sandboxNames, startSandbox } from '../../src/sandboxes/index.ts'
import { assertAlerts, hasPromtool, runPromtool } from './promtool.ts'

/**
 * Checks that the alerts fire at the time `at`, after five minutes in which none fires. Times are in seconds since the
 * first scrape.
 */
function assertFiring(before: string, after: string, alerts: readonly string[], at = 330): void {
  assertAlerts(
    [
      { text: before, scrapes: 20 },
      { text: after, scrapes: 60 },
    ],
    [
      { at: 285, alerts: [] },
      { at, alerts },
    ],
  )
}

/** Starts a server with all vendors. Returns it with the metrics right after the start. */
async function start(limits: object = {}) {
  const sandboxes = await Promise.all(sandboxNames.map((name) => startSandbox(name)))
  const [zoomSandbox, trueconfSandbox, imeetSandbox] = sandboxes
  const accounts = { zoom: zoomSandbox!.account, berlin: trueconfSandbox!.account, central: imeetSandbox!.account }
  const data = mkdtempSync(join(tmpdir(), 'parley-alerts-'))
  const parley = await startProcess({ accounts, data, limits: { backoffBase: 1, ...limits } })
  onTestFinished(async () => {
    await Promise.all([parley.dispose(), ...sandboxes.map((sandbox) => sandbox.close())])
    rmSync(data, { recursive: true, force: true })
  })
  const scrape = async () => (await fetch(`${parley.url}/metrics`)).text()
  return {
    berlin: trueconfSandbox!,
    sandboxes,
    store: join(data, 'operations.sqlite'),
    before: await scrape(),
    scrape,
    sendQuery: async (query: string): Promise<any> => {
      const headers = { 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify({ query }) }
      return (await fetch(`${parley.url}/graphql`, init)).json()
    },
  }
}

const listOf = (accounts: string): string => `{ users(first: 1, filter: { accounts: ${accounts} }) { nodes { id } } }`
const listBerlin = listOf('["berlin"]')
const create = (title: string): string =>
  `mutation { createConference(input: { account: "berlin", title: "${title}", owner: { email: "${createPerson(1000).email}" } }) { outcome } }`

describe.skipIf(!hasPromtool())('alerts', () => {
  test('are valid rules of Prometheus', () => {
    runPromtool(['check', 'rules', 'deploy/alerts.yaml'])
  })

  test('do not fire because of invalid requests of callers', async () => {
    const { sendQuery, before, scrape } = await start()
    for (const account of ['zoom', 'berlin', 'central']) await sendQuery(listOf(`["${account}"]`))
    expect(await sendQuery(create('Calm'))).toMatchObject({ data: { createConference: { outcome: 'SUCCEEDED' } } })
    expect(await sendQuery(create(''))).toMatchObject({ data: { createConference: { outcome: 'REJECTED' } } })
    for (const query of ['{ nothing }', '{', '{ node(id: "x") { id } }']) await sendQuery(query)
    const after = await scrape()
    runPromtool(['check', 'metrics'], after)
    assertFiring(before, after, [], 330)
    assertFiring(before, after, [], 1_100)
  })

  test('fire at the first mutation whose result is unknown', async () => {
    const { sendQuery, berlin, before, scrape } = await start()
    berlin.fault({ match: { method: 'POST', path: /conferences/ }, kind: 'reset', times: 1 })
    expect(await sendQuery(create('Lost'))).toMatchObject({ data: { createConference: { outcome: 'UNKNOWN' } } })
    assertFiring(before, await scrape(), ['ParleyUnknown'])
  })

  test('fire at the first internal error', async () => {
    const metrics = createMetrics()
    const before = await metrics.formatMetrics()
    metrics.startOperation()({ kind: 'query', codes: ['NOT_FOUND', 'INTERNAL'], failedSources: [] })
    assertFiring(before, await metrics.formatMetrics(), ['ParleyDefect'])
  })

  test.each(['exception', 'rejection', 'mutation'] as const)(
    'fire at the first internal error of kind %s',
    async (kind) => {
      const metrics = createMetrics()
      const before = await metrics.formatMetrics()
      metrics.countUnhandled(kind)
      assertFiring(before, await metrics.formatMetrics(), ['ParleyDefect'])
    },
  )

  test('fire when the store is corrupt', async () => {
    const { sendQuery, store, before, scrape } = await start()
    // The path refers to another file at once, so that the server cannot create a new store in between.
    writeFileSync(`${store}.garbage`, Buffer.alloc(8_192, 'garbage'))
    renameSync(`${store}.garbage`, store)
    expect(await sendQuery(create('Refused'))).toMatchObject({ data: { createConference: { outcome: 'NOT_SENT' } } })
    assertFiring(before, await scrape(), ['ParleyStore'])
  })

  test('fire when all vendors hang for 40 s', async () => {
    const { sendQuery, sandboxes, scrape } = await start({ headersTimeout: 200, attemptTimeout: 200 })
    const all = listOf('["zoom", "berlin", "central"]')
    // Now the access tokens are cached.
    for (const account of ['zoom', 'berlin', 'central']) await sendQuery(listOf(`["${account}"]`))
    const before = await scrape()
    for (const sandbox of sandboxes) sandbox.fault({ match: {}, kind: 'delay', ms: 60_000 })
    expect(await sendQuery(all)).toMatchObject({ errors: [{ extensions: { code: 'VENDOR_TIMEOUT' } }] })
    const during = await scrape()
    for (const sandbox of sandboxes) sandbox.clearFaults()
    await sendQuery(all)
    await sendQuery(listBerlin)
    await sendQuery(listOf('["central"]'))
    const after = await scrape()
    assertAlerts(
      [
        { text: before, scrapes: 20 },
        { text: during, scrapes: 3 },
        { text: after, scrapes: 40 },
      ],
      [
        { at: 285, alerts: [] },
        { at: 315, alerts: ['ParleyVendorFailing'] },
        { at: 345, alerts: ['ParleyVendorFailing'] },
        { at: 800, alerts: [] },
      ],
    )
  })

  test('fire when no vendor returns an access token', async () => {
    const { sendQuery, sandboxes, before, scrape } = await start({ headersTimeout: 200, attemptTimeout: 200 })
    for (const sandbox of sandboxes) sandbox.fault({ match: {}, kind: 'delay', ms: 60_000 })
    await sendQuery(listBerlin)
    assertFiring(before, await scrape(), ['ParleyVendorFailing'])
  })

  test('fire when the vendor rejects the credentials of an account', async () => {
    const { sendQuery, berlin, before, scrape } = await start()
    berlin.fault({ match: { path: /token/ }, kind: 'status', status: 400 })
    await sendQuery(listBerlin)
    assertFiring(before, await scrape(), ['ParleyAccountMisconfigured'], 375)
  })

  test('fire while a circuit breaker stays open', async () => {
    const { sendQuery, berlin, before, scrape } = await start({ breakerCalls: 3, breakerPause: 600_000 })
    berlin.fault({ match: { path: /users/ }, kind: 'status', status: 503 })
    for (let number = 0; number < 4; number++) await sendQuery(listBerlin)
    const after = await scrape()
    assertFiring(before, after, [], 330)
    assertFiring(before, after, ['ParleyAccountUnavailable', 'ParleyVendorDown'], 615)
  })

  test('fire when operations are rejected under load', async () => {
    const metrics = createMetrics()
    const before = await metrics.formatMetrics()
    metrics.startOperation()({ kind: null, codes: ['OVERLOADED'], failedSources: [] })
    assertFiring(before, await metrics.formatMetrics(), ['ParleyShedding'])
  })

  test('fire when an event connection is lost repeatedly, and not when it is lost once', async () => {
    const metrics = createMetrics()
    const count = (code: Code | null): void => metrics.countUpstreamEvent('zoom', { kind: 'socket', code })
    for (const code of [null, 'VENDOR_UNAVAILABLE', 'VENDOR_TIMEOUT', null] as const) count(code)
    const before = await metrics.formatMetrics()
    count('VENDOR_UNAVAILABLE')
    count(null)
    assertFiring(before, await metrics.formatMetrics(), [])
    for (let times = 0; times < 3; times++) count('VENDOR_TIMEOUT')
    assertFiring(before, await metrics.formatMetrics(), ['ParleyEventsMissed'])
  })

  test.each(['unverified', 'late', 'unavailable'] as const)('fire when webhooks are %s', async (result) => {
    const metrics = createMetrics()
    metrics.countHook('zoom', result)
    const before = await metrics.formatMetrics()
    for (let times = 0; times < 3; times++) metrics.countHook('zoom', 'accepted')
    assertFiring(before, await metrics.formatMetrics(), [])
    for (let times = 0; times < 4; times++) metrics.countHook('zoom', result)
    assertFiring(before, await metrics.formatMetrics(), ['ParleyWebhooksRejected'])
  })

  test.each([
    ['Redis', 'registerRedisGauge', 'ParleyRedis', 375],
    ['the key server', 'registerKeySetGauge', 'ParleyKeySet', 915],
  ] as const)('fire when %s cannot be reached', async (_, register, alert, at) => {
    const metrics = createMetrics()
    let isUp = true
    metrics[register](() => isUp)
    const before = await metrics.formatMetrics()
    isUp = false
    assertFiring(before, await metrics.formatMetrics(), [alert], at)
  })
})
