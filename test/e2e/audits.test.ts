import { serverAudits } from 'graphql-http'
import { afterAll, expect, test } from 'vitest'
import { openSandboxServer } from '../support/sandbox-server.ts'

const server = await openSandboxServer()
afterAll(() => server?.close())

const audits = serverAudits({ url: server.graphqlUrl })

test('runs all 61 audits of GraphQL over HTTP', () => {
  expect(audits).toHaveLength(61)
})

for (const audit of audits) {
  test(`${audit.id}: ${audit.name}`, async () => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
}
