import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTools, type ToolServer } from './tool-server.ts'

let tools: ToolServer
beforeAll(async () => {
  tools = await startTools({ limits: { toolResultBytes: 1_500 } })
})
afterAll(() => tools.close())

test('rejects a result over toolResultBytes, and returns a smaller one', async () => {
  expect(await tools.call('list_users', { first: 50, details: true })).toEqual({
    data: undefined,
    isError: true,
    texts: [
      expect.stringMatching(
        /^OPERATION_TOO_EXPENSIVE: .*"toolResultBytes" is 1500 bytes\. Request less: a smaller "first", or no "details"\. Request ID: /,
      ),
    ],
  })
  const { data, isError } = await tools.call('list_users', { first: 2, accounts: ['zoom'] })
  expect(isError).toBe(false)
  expect(data.users.nodes).toHaveLength(2)
})

test('keeps the outcome of a change whose result is over toolResultBytes', async () => {
  const owner = (await tools.call('list_users', { first: 1, accounts: ['trueconf'] })).data.users.nodes[0]
  const input = {
    idempotencyKey: randomUUID(),
    account: 'trueconf',
    title: 'Planning',
    owner: { id: owner.id },
    // Each of them is a problem.
    invite: Array.from({ length: 20 }, (_, index) => ({ email: `nobody.${index}@example.com` })),
  }
  const { data, isError, texts } = await tools.call('create_conference', input)
  expect(isError).toBe(true)
  expect(texts).toEqual([
    expect.stringMatching(
      /^OPERATION_TOO_EXPENSIVE: The call was executed, .* The outcome of createConference is SUCCEEDED\. Do not call the tool again with another key\. Request ID: /,
    ),
  ])
  const { outcome, operation, problems } = data.createConference
  expect(outcome).toBe('SUCCEEDED')
  expect(problems).toHaveLength(10)
  const found = await tools.call('get_operation', { id: operation.id })
  expect(found.data.operation).toMatchObject({ outcome: 'SUCCEEDED', result: { title: 'Planning' } })
  expect(tools.trueconf.effects.filter(({ kind }) => kind.startsWith('create'))).toHaveLength(1)
})
