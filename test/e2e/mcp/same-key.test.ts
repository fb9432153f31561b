import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMcpStage, type McpStage } from '../../mcp/stage.ts'
import { sendQuery } from '../../support/send-query.ts'

let stage: McpStage

beforeAll(async () => {
  stage = await startMcpStage({ federation: {} })
})
afterAll(() => stage.close())

const input = { account: 'trueconf', title: 'Same', owner: { vendorId: 'helen' } }
const mutation = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { outcome replayed operation { id } conference { id } } }`

const senders: Record<string, (idempotencyKey: string, title: string) => Promise<any>> = {
  '/graphql': async (idempotencyKey, title) => sendMutation('/graphql', { ...input, title, idempotencyKey }),
  '/subgraph': async (idempotencyKey, title) => sendMutation('/subgraph', { ...input, title, idempotencyKey }),
  // Null counts as omitted.
  '/mcp': async (idempotencyKey, title) => {
    const args = { ...input, title, idempotencyKey, description: null, invite: null }
    const { json } = await stage.call('create_conference', args)
    return json.result.structuredContent.createConference
  },
}

async function sendMutation(path: string, variables: object): Promise<unknown> {
  const { data } = await sendQuery(stage.origin + path, mutation, { input: variables })
  return data?.['createConference']
}

const countCreated = (): number =>
  stage.sandboxes.running['trueconf']!.effects.filter(({ kind }) => kind === 'createConference').length

describe.each(Object.keys(senders))('a key that was first sent to %s', (first) => {
  test('returns the same operation at every endpoint, and is rejected with another input', async () => {
    const key = `same-key-of-${first}`
    const before = countCreated()
    const created = await senders[first]!(key, 'Same')
    expect(created).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
    for (const send of Object.values(senders)) {
      const { operation, conference } = created
      const again = await send(key, 'Same')
      expect(again).toMatchObject({ outcome: 'SUCCEEDED', replayed: true, operation })
      expect(again.conference.id).toBe(conference.id)
      expect(await send(key, 'Other')).toMatchObject({ outcome: 'REJECTED' })
    }
    expect(countCreated()).toBe(before + 1)
  })
})

test('runs a change once if every endpoint gets it at the same time', async () => {
  const before = countCreated()
  const payloads = await Promise.all(Object.values(senders).map((send) => send('same-key-at-once', 'Same')))
  expect(new Set(payloads.map(({ operation }) => operation.id)).size).toBe(1)
  expect(payloads.filter(({ replayed }) => replayed)).toHaveLength(payloads.length - 1)
  expect(countCreated()).toBe(before + 1)
})
