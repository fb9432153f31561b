import { serverAudits } from 'graphql-http'
import { afterAll, expect, test } from 'vitest'
import { startSandboxes } from '../../src/sandboxes/index.ts'
import { openServer } from '../support/open-server.ts'

const sandboxes = await startSandboxes(0)
const server = await openServer({ accounts: sandboxes.accounts })
afterAll(async () => {
  await server.close()
  await sandboxes.close()
})

const audits = serverAudits({ url: server.graphqlUrl })

test('runs all 61 audits of GraphQL over HTTP', () => {
  expect(audits).toHaveLength(61)
})

for (const audit of audits) {
  test(`${audit.id}: ${audit.name}`, async () => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
}
