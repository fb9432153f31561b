import { afterEach, expect, test } from 'vitest'
import { start, type TrueConfSandboxOptions, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

let sandbox: TrueConfSandbox

async function open(options: TrueConfSandboxOptions = {}) {
  sandbox = await start({ now: () => Date.UTC(2026, 10, 20, 12), users: 150, ...options })
}
afterEach(() => sandbox.close())

/** Response bodies as any client of the API receives them: untyped. */
async function get(path: string): Promise<{ body: any }> {
  const url = new URL(`${sandbox.url}/api/v3.8${path}`)
  url.searchParams.set('access_token', sandbox.secretKey)
  return { body: await (await fetch(url)).json() }
}

test('numbers pages of conferences from 1, with the total', async () => {
  await open()
  const ids: string[] = []
  for (let page = 1; ; page++) {
    const { body } = await get(`/conferences?page_id=${page}&tag=&state=`)
    expect(body.cnt).toBe(500)
    if (body.conferences.length === 0) break
    ids.push(...body.conferences.map(({ id }: { id: string }) => id))
  }
  expect(ids).toEqual([...sandbox.data.conferences.keys()])
  expect(ids.some((id) => id.startsWith('0'))).toBe(true)
  expect(sandbox.ledger.at(-1)!.query).toContain('page_id=4')
})

test('starts with every kind of conference, which the filters separate', async () => {
  await open()
  const { cnt, conferences } = (await get('/conferences?state=running&page_size=500')).body
  expect(cnt).toBe(5)
  expect(conferences.every(({ state }: { state: string }) => state === 'running')).toBe(true)
  const tagged = (await get('/conferences?tag=board&page_size=1')).body
  expect(tagged.cnt).toBe(100)
  expect(tagged.conferences).toHaveLength(1)

  const all = (await get('/conferences?page_size=500')).body.conferences
  const kinds = new Set(all.map((item: { schedule: { type: number } }) => item.schedule.type))
  expect(kinds).toEqual(new Set([-1, 0, 1]))
  const modes = new Set(all.map((item: { type: number; vad_selector?: number }) => `${item.type} ${item.vad_selector}`))
  expect(modes).toEqual(new Set(['0 undefined', '1 undefined', '3 0', '3 1']))
  expect(new Set(all.map(({ owner }: { owner: string }) => owner)).size).toBe(120)
})

test('has the same data in two servers with the same clock', async () => {
  await open()
  const first = (await get('/conferences?page_size=500')).body.conferences
  await sandbox.close()
  await open()
  const second = (await get('/conferences?page_size=500')).body.conferences
  const port = /127\.0\.0\.1:\d+/g
  expect(JSON.stringify(second).replaceAll(port, '')).toBe(JSON.stringify(first).replaceAll(port, ''))
})

test('starts without any data on request', async () => {
  await open({ users: 0, conferences: 0, groups: 0 })
  expect((await get('/conferences')).body).toEqual({ cnt: 0, conferences: [] })
  expect((await get('/users')).body).toEqual({ next_page_id: -1, users: [] })
})
