import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture
let id: string
const list = '{ conferences(first: 20) { nodes { id title } sources { account { key } } } }'

beforeAll(async () => {
  fixture = await startCachedFixture()
  const { data } = await fixture.query('{ conferences(first: 5, filter: { accounts: ["berlin"] }) { nodes { id } } }')
  id = data!['conferences'].nodes[0].id
  await fixture.query(`{ conference(id: "${id}") { title } }`)
  await fixture.query(list)
})
afterAll(() => fixture.close())

test('rejects a caller without the scope read, whatever is cached', async () => {
  for (const text of [list, `{ conference(id: "${id}") { title } }`]) {
    const { result, calls } = await fixture.observe(() => fixture.query(text, { who: 'writer' }))
    expect(result.data).toBeUndefined()
    expect(result.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(result.cache).toBeUndefined()
    expect(calls).toEqual([])
  }
})

test('returns nothing of an account that the caller cannot use, whatever is cached', async () => {
  const { result: one, calls } = await fixture.observe(() =>
    fixture.query(`{ conference(id: "${id}") { title } node(id: "${id}") { id } }`, { who: 'zoomer' }),
  )
  expect(one.data).toEqual({ conference: null, node: null })
  expect(one.cache).toBeUndefined()
  expect(calls).toEqual([])
  const { data, text } = await fixture.query(list, { who: 'zoomer' })
  expect(data!['conferences'].sources).toEqual([{ account: { key: 'zoom' } }])
  expect(text).not.toContain('berlin')
})
