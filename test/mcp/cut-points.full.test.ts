import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cutPoints, startCutProxy, type CutPoint, type CutProxy } from '../operations/cut-proxy.ts'
import { startMcpStage, type McpStage } from './stage.ts'

/** Outcomes that do not depend on what a later look at the vendor finds. */
const outcomeByPoint: Partial<Record<CutPoint, string>> = {
  'refused connection': 'NOT_SENT',
  'all of the request read': 'UNKNOWN',
  'half of the request forwarded': 'UNKNOWN',
  'executed, no response': 'UNKNOWN',
  'executed, deadline exceeded': 'UNKNOWN',
  'executed, closed after the response': 'SUCCEEDED',
}

describe('create_conference', () => {
  let stage: McpStage
  let proxy: CutProxy
  let ownerId: string

  beforeAll(async () => {
    stage = await startMcpStage(async (sandboxes) => {
      proxy = await startCutProxy(sandboxes.running['trueconf']!.url)
      const trueconf = { ...sandboxes.accounts['trueconf']!, serverUrl: proxy.url }
      // The breaker stays closed, so that each call reaches the proxy.
      const limits = { operationDeadline: 5_000, breakerFailures: 1 }
      return { accounts: { ...sandboxes.accounts, trueconf }, limits }
    })
    const { json } = await stage.call('list_users', { accounts: ['trueconf'], first: 1 })
    ownerId = json.result.structuredContent.users.nodes[0].vendorId
  })
  afterAll(async () => {
    await proxy.close()
    await stage.close()
  })

  const create = async (point: CutPoint) => {
    const args = {
      idempotencyKey: `cut-${point}`.replaceAll(' ', '-'),
      account: 'trueconf',
      title: `Cut ${point}`,
      owner: { vendorId: ownerId },
    }
    const { status, json } = await stage.call('create_conference', args)
    expect(status).toBe(200)
    return json.result
  }
  const countEffects = (): number =>
    stage.sandboxes.running['trueconf']!.effects.filter(({ kind }) => kind === 'createConference').length
  const getOutcome = async (id: string): Promise<string> => {
    const { json } = await stage.call('get_operation', { id })
    expect(json.result.isError).toBeUndefined()
    return json.result.structuredContent.operation.outcome
  }

  test.each(cutPoints)('is done at most once if the connection is cut: %s', async (point) => {
    const before = countEffects()
    if (point === 'refused connection') await proxy.refuse()
    else proxy.cut(point, { method: 'POST', path: /^\/api\/v[\d.]+\/conferences/ }, () => {})
    const first = await create(point)
    if (point === 'refused connection') await proxy.accept()
    else expect(proxy.hasCut()).toBe(true)
    const { outcome, operation } = first.structuredContent.createConference
    const texts = first.content.map(({ text }: { text: string }) => text)
    const effects = countEffects() - before
    expect(effects).toBeLessThanOrEqual(1)
    if (outcome === 'SUCCEEDED') expect([first.isError, texts.length]).toEqual([undefined, 1])
    if (outcome === 'NOT_SENT') expect([first.isError, effects]).toEqual([true, 0])
    if (outcome === 'UNKNOWN') {
      expect(first.isError).toBeUndefined()
      expect(texts[0]).toContain('get_operation')
      expect(texts[0]).toContain(operation.id)
      expect(await getOutcome(operation.id)).toBeOneOf(['UNKNOWN', 'SUCCEEDED'])
      if (effects === 1) await vi.waitFor(async () => expect(await getOutcome(operation.id)).toBe('SUCCEEDED'))
    }
    expect(outcome).toEqual(outcomeByPoint[point] ?? expect.stringMatching(/^(UNKNOWN|SUCCEEDED)$/))
    const again = await create(point)
    expect(countEffects() - before).toBe(outcome === 'NOT_SENT' ? 1 : effects)
    if (effects === 1)
      expect(again.structuredContent.createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  })
})
