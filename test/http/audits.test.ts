import { serverAudits } from 'graphql-http'
import { afterAll, expect, test } from 'vitest'
import { startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())

const audits = serverAudits({ url: `${server.url}/graphql` })

test('has 61 audits of GraphQL over HTTP', () => {
  expect(audits).toHaveLength(61)
})

for (const audit of audits) {
  test(`${audit.id}: ${audit.name}`, async () => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
}
