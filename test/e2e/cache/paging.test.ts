import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

beforeAll(async () => {
  fixture = await startCachedFixture()
})
afterAll(() => fixture.close())

/** Reads all users of an account. @param isFresh Whether a page reads the vendor again. */
async function readAll(
  isFresh: (page: number) => boolean,
  onPage: (page: number) => void = () => {},
): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  for (let page = 0; page < 60; page++) {
    const text = `{ users(first: 7, after: ${JSON.stringify(after)}, filter: { accounts: ["berlin"] })
      { nodes { vendorId } pageInfo { hasNextPage endCursor } } }`
    const { data, errors } = await fixture.query(
      text,
      isFresh(page) ? { headers: { 'cache-control': 'no-cache' } } : {},
    )
    expect(errors).toBeUndefined()
    const { nodes, pageInfo } = data!['users']
    ids.push(...nodes.map(({ vendorId }: { vendorId: string }) => vendorId))
    onPage(page)
    if (!pageInfo.hasNextPage) return ids
    after = pageInfo.endCursor
  }
  throw new Error('The list has no end.')
}

test.each([
  ['even', (page: number) => page % 2 === 0],
  ['odd', (page: number) => page % 2 === 1],
  ['late', (page: number) => page > 2],
])('returns every user once if the %s pages are newer, while the list shrinks and grows', async (_, isFresh) => {
  const { users } = fixture.berlin.data
  const before = await readAll(() => true)
  expect(new Set(before).size).toBe(users.size)
  expect(await readAll(() => false)).toEqual(before)
  const removed = [before[1]!, before[9]!, before[10]!]
  const saved = [...users]
  for (const id of removed) users.delete(id)
  const during = await readAll(isFresh, (page) => {
    if (page === 2) users.set(`new-${_}`, { ...saved[0]![1], id: `new-${_}` } as never)
    if (page === 3) users.delete(before[20]!)
  })
  const gone = new Set([...removed, before[20]!])
  const remaining = before.filter((id) => !gone.has(id))
  expect(during.filter((id) => remaining.includes(id))).toEqual(remaining)
  expect(new Set(during).size).toBe(during.length)
  users.clear()
  for (const [id, user] of saved) users.set(id, user)
})
