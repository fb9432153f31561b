import { expect, test } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import { FaultServer } from '../support/fault-server.ts'
import { ToxicProxy, type Toxic } from '../support/toxics.ts'
import { fiveIds, healthy, problemOf, withRow, type Row, type RowOptions } from './row.ts'

/** Opens an account of a healthy vendor behind a bad connection. */
async function behind(
  toxic: Toxic,
  random: () => number,
  hold: (row: Row, vendor: FaultServer) => Promise<void>,
  options: RowOptions = {},
) {
  const vendor = await FaultServer.start({ respond: healthy })
  const proxy = await ToxicProxy.start(vendor.port, random)
  proxy.toxic = toxic
  try {
    await withRow({ url: `${proxy.url}/v1`, ...options }, (row) => hold(row, vendor))
  } finally {
    await proxy.close()
    await vendor.close()
  }
}

test.each<[string, Toxic]>([
  ['in pieces of 7 bytes', { slicer: 7 }],
  ['late', { latency: 100 }],
  ['slowly', { slicer: 40, bandwidth: 1_000 }],
])('reads what arrives %s', (_, toxic) =>
  behind(toxic, Math.random, async (row, vendor) => {
    expect(await row.read()).toEqual(fiveIds)
    expect(await row.write()).toBe('new')
    expect(vendor.ledger).toMatchObject({ requests: [{ method: 'GET' }, { method: 'POST' }], effects: ['created'] })
  }),
)

test.each<[string, Toxic, Code]>([
  ['closed at once', { down: true }, 'VENDOR_UNAVAILABLE'],
  ['reset', { resetPeer: 20, timeout: 0 }, 'VENDOR_UNAVAILABLE'],
  ['dead', { timeout: 0 }, 'VENDOR_TIMEOUT'],
  ['cut in the body', { limitData: 80 }, 'VENDOR_BAD_RESPONSE'],
])('reports a line that is %s', (_, toxic, code) =>
  behind(
    toxic,
    Math.random,
    async (row, vendor) => {
      expect((await problemOf(row.read())).code).toBe(code)
      const written = await problemOf(row.write())
      expect(written).toMatchObject({ code, delivery: code === 'VENDOR_BAD_RESPONSE' ? 'unread' : 'unknown' })
      expect(vendor.ledger.effects.length).toBeLessThanOrEqual(1)
    },
    // No response ever begins, so that its timeout can be short.
    code === 'VENDOR_TIMEOUT' ? { limits: { headersTimeout: 100 } } : {},
  ),
)

test('retries reads on an unreliable line without other effects', () => {
  let met = 0
  // The fault applies to every second connection.
  const random = (): number => (met++ % 2) / 2
  return behind({ down: true, toxicity: 0.5 }, random, async (row) => {
    for (let read = 0; read < 10; read++) expect(await row.read()).toEqual(fiveIds)
  })
})
