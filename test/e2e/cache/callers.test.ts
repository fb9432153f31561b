import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCachedWorld, type CachedWorld } from './world.ts'

let world: CachedWorld
let id: string
const list = '{ conferences(first: 20) { nodes { id title } sources { account { key } } } }'

beforeAll(async () => {
  world = await startCachedWorld()
  const { data } = await world.query('{ conferences(first: 5, filter: { accounts: ["berlin"] }) { nodes { id } } }')
  id = data!['conferences'].nodes[0].id
  await world.query(`{ conference(id: "${id}") { title } }`)
  await world.query(list)
})
afterAll(() => world.close())

test('rejects a caller without the scope read, whatever is cached', async () => {
  for (const text of [list, `{ conference(id: "${id}") { title } }`]) {
    const { result, calls } = await world.observe(() => world.query(text, { who: 'writer' }))
    expect(result.data).toBeUndefined()
    expect(result.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect(result.cache).toBeUndefined()
    expect(calls).toEqual([])
  }
})

test('returns nothing of an account that the caller cannot use, whatever is cached', async () => {
  const { result: one, calls } = await world.observe(() =>
    world.query(`{ conference(id: "${id}") { title } node(id: "${id}") { id } }`, { who: 'zoomer' }),
  )
  expect(one.data).toEqual({ conference: null, node: null })
  expect(one.cache).toBeUndefined()
  expect(calls).toEqual([])
  const { data, text } = await world.query(list, { who: 'zoomer' })
  expect(data!['conferences'].sources).toEqual([{ account: { key: 'zoom' } }])
  expect(text).not.toContain('berlin')
})
