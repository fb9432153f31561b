import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { sendQuery } from '../support/send-query.ts'

let zoom: ZoomSandbox
let server: OpenServer
beforeAll(async () => {
  zoom = await start({ seed: { active: 8, inactive: 0, pending: 0 } })
  server = await openServer({ accounts: { zoom: zoom.account } })
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

test('the vendor receives the ID of each document that differs only in its ID', async () => {
  for (const { id, email } of zoom.data.users.slice(0, 5)) {
    const from = zoom.ledger.length
    const { data, errors } = await sendQuery(
      server.graphqlUrl,
      `{ user(id: "${encodeId('User', 'zoom', id)}") { email } }`,
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({ user: { email } })
    const paths = zoom.ledger.slice(from).map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('/v2/'))).toEqual([`/v2/users/${id}`])
  }
})

test('each mutation that differs only in its literals has its own input and idempotency key', async () => {
  const { id } = zoom.data.users[0]!
  const create = async (title: string, idempotencyKey: string): Promise<unknown> => {
    const text = `mutation { createConference(input: { account: "zoom", title: "${title}", idempotencyKey: "${idempotencyKey}", owner: { vendorId: "${id}" }, schedule: { permanent: true } }) { outcome conference { title } problems { code } } }`
    const { data } = await sendQuery(server.graphqlUrl, text)
    return (data as Record<string, unknown>)['createConference']
  }
  const createdAs = (title: string): object => ({ outcome: 'SUCCEEDED', conference: { title }, problems: [] })
  const before = zoom.data.meetings.size
  for (const number of [1, 2, 3, 4])
    expect(await create(`Title ${number}`, `key-${number}`)).toEqual(createdAs(`Title ${number}`))
  expect(await create('Title 3', 'key-3')).toEqual(createdAs('Title 3'))
  expect(await create('Title 5', 'key-3')).toMatchObject({ problems: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
  expect(zoom.data.meetings.size).toBe(before + 4)
})
