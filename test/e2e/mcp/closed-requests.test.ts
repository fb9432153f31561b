import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startHeldSandbox, type HeldSandbox } from '../held-sandbox.ts'
import { createCall, startMcpStage, type McpStage } from '../../mcp/stage.ts'

describe('closing the request', () => {
  let sandbox: HeldSandbox
  let heldStage: McpStage

  beforeAll(async () => {
    sandbox = await startHeldSandbox({})
    heldStage = await startMcpStage({ accounts: { held: sandbox.account } })
  })
  afterAll(async () => {
    await heldStage.close()
    await sandbox.close()
  })

  /** Sends a call. Returns a function that closes its connection, and resolves when that has happened. */
  function open(name: string, args: object): () => Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const sent = request(heldStage.url, { method: 'POST', headers })
    sent.on('error', () => {})
    sent.end(JSON.stringify(createCall(name, args)))
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    sent.on('close', () => resolve())
    return () => {
      sent.destroy()
      return closed
    }
  }

  test('cancels a read with its vendor call', async () => {
    const { waiting, release } = sandbox.hold(/\/users/, 1)
    const close = open('list_users', { search: 'Canceled' })
    await vi.waitFor(() => expect(waiting).toMatchObject([{ isClosed: false }]))
    await close()
    await vi.waitFor(() => expect(waiting).toMatchObject([{ isClosed: true }]))
    await vi.waitFor(() =>
      expect(heldStage.log).toContainEqual(
        expect.objectContaining({ msg: 'operation', operation: 'list_users', codes: ['DEADLINE_EXCEEDED'] }),
      ),
    )
    release()
  })

  test('lets a write run to its end, and the same key returns its result', async () => {
    const countEffects = (): number => sandbox.effects.filter(({ kind }) => kind === 'createConference').length
    const { waiting, release } = sandbox.hold(/\/conferences/, 1, 'POST')
    const args = { idempotencyKey: 'closed-write-1', account: 'held', owner: { vendorId: 'helen' }, title: 'Closed' }
    const close = open('create_conference', args)
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    await close()
    expect(waiting).toMatchObject([{ isClosed: false }])
    release()
    await vi.waitFor(() =>
      expect(heldStage.log).toContainEqual(
        expect.objectContaining({ msg: 'mutation', mutation: 'createConference', outcome: 'SUCCEEDED' }),
      ),
    )
    const { json } = await heldStage.call('create_conference', args)
    expect(json.result.structuredContent.createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
    expect(countEffects()).toBe(1)
  })
})
