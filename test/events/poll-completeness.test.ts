import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'

import { path, startTrueConfPolling } from './trueconf-polling.ts'

describe('complete polls', () => {
  const many = { sandbox: { users: 20, conferences: 450, running: 3 } }
  type Page = { cnt: number; conferences: { id: string }[] }

  /** Starts polling 450 conferences, and returns how to inject a page. */
  async function startMany() {
    const polling = await startTrueConfPolling(many)
    const { sandbox } = polling
    const readPage = async (page: number): Promise<Page> => {
      const key = encodeURIComponent(sandbox.secretKey)
      const response = await fetch(`${sandbox.url}${path}?page_id=${page}&page_size=200&access_token=${key}`)
      return (await response.json()) as Page
    }
    const inject = (page: number, body: unknown, status = 200) =>
      sandbox.fault({
        match: { path: new RegExp(`conferences\\?.*page_id=${page}`) },
        kind: 'body',
        status,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    return { ...polling, readPage, inject }
  }

  test.each<[string, number, (page: Page, first: Page) => unknown, number?]>([
    ['is empty', 2, ({ cnt }) => ({ cnt, conferences: [] })],
    ['has the status 500', 2, () => '{}', 500],
    ['is broken JSON', 2, (page) => JSON.stringify(page).slice(0, 5_000)],
    ['lacks three items', 2, (page) => ({ ...page, conferences: page.conferences.slice(3) })],
    ['lacks three items at the end', 3, (page) => ({ ...page, conferences: page.conferences.slice(0, -3) })],
    ['repeats the page before', 2, (_, first) => first],
    ['has no list', 3, ({ cnt }) => ({ cnt })],
    ['has only items without an ID', 2, (page) => ({ ...page, conferences: page.conferences.map(() => ({})) })],
  ])('produces no event if a page %s, then reports the real changes', async (_, number, change, status) => {
    const { data, stopped, inject, readPage, next, entries, sink, requests } = await startMany()
    const clear = inject(number, change(await readPage(number), await readPage(1)), status)
    stopped[0]!.topic = 'Renamed'
    await next()
    expect([entries(), sink.reports.at(-1)]).toEqual([[], { status: 'INTERRUPTED', problem: expect.any(Problem) }])
    await next()
    expect(entries()).toEqual([])
    clear()
    const deleted = stopped[300]!
    data.conferences.delete(deleted.id)
    requests()
    await next()
    expect(entries()).toEqual(['gap', `CHANGED ${stopped[0]!.id} title`, `DELETED ${deleted.id}`])
    expect(requests()).toEqual([...Array(3).fill(`GET ${path}`), `GET ${path}/${deleted.id}`])
  })

  test('compares a list that has more items than its total', async () => {
    const { stopped, inject, readPage, next, entries, status } = await startMany()
    stopped[0]!.topic = 'Renamed'
    for (const page of [1, 2, 3, 4]) inject(page, { ...(await readPage(page)), cnt: 447 })
    await next()
    expect([entries(), status()]).toEqual([[`CHANGED ${stopped[0]!.id} title`], 'LIVE'])
  })

  test('accepts the same wrong total in the third poll', async () => {
    const { stopped, inject, readPage, next, entries, status } = await startMany()
    for (const page of [1, 2, 3, 4]) inject(page, { ...(await readPage(page)), cnt: 453 })
    await next()
    await next()
    expect([entries(), status()]).toEqual([[], 'INTERRUPTED'])
    inject(3, { ...(await readPage(3)), cnt: 453 })
    await next()
    expect([entries(), status(), stopped.length]).toEqual([['gap'], 'LIVE', 447])
  })

  test('does not take a conference for deleted that moves to a page that was already read', async () => {
    const { data, stopped, onNextRequest, next, entries, requests, status } = await startMany()
    const first = stopped[0]!
    const skipped = [...data.conferences.keys()][200]!
    onNextRequest(/page_id=2/, () => void data.conferences.delete(first.id))
    await next()
    expect([entries(), status()]).toEqual([[], 'LIVE'])
    expect(requests()).toEqual([...Array(3).fill(`GET ${path}`), `GET ${path}/${skipped}`])
    await next()
    expect(entries()).toEqual([`DELETED ${first.id}`])
  })

  test('looks up nothing if more than five are missing, until a second poll agrees', async () => {
    const { data, stopped, next, entries, requests, status } = await startMany()
    const deleted = stopped.slice(0, 8)
    for (const { id } of deleted) data.conferences.delete(id)
    await next()
    expect([entries(), status(), requests()]).toEqual([[], 'LIVE', Array(3).fill(`GET ${path}`)])
    await next()
    expect(entries()).toEqual(deleted.map(({ id }) => `DELETED ${id}`))
    expect(requests().length).toBe(3 + deleted.length)
  })

  test('looks up at most half of the calls per minute in a poll, and the rest later', async () => {
    const polling = await startMany()
    const { data, stopped, next, entries, requests, state, getWaitMs } = polling
    state.limits = { eventPoll: 10_000, eventPollCalls: 30 }
    const deleted = stopped.slice(0, 40).map(({ id }) => id)
    for (const id of deleted) data.conferences.delete(id)
    await next()
    requests()
    const found: string[] = []
    const counts: number[] = []
    for (let poll = 0; poll < 3; poll++) {
      await next()
      found.push(...entries())
      counts.push(requests().length)
      if (poll < 2) expect(getWaitMs()).toBe(36_000)
    }
    expect(found).toEqual(deleted.map((id) => `DELETED ${id}`))
    expect(counts).toEqual([18, 18, 13])
  })

  test('does not trust an empty list, and looks up only one conference', async () => {
    const { inject, next, entries, requests, sink, stopped, data } = await startMany()
    const clear = inject(1, { cnt: 0, conferences: [] })
    await next()
    expect([entries(), requests()]).toEqual([[], [`GET ${path}`]])
    await next()
    expect(entries()).toEqual([])
    expect(requests().length).toBe(2)
    expect(sink.reports.at(-1)).toMatchObject({ status: 'INTERRUPTED', problem: { code: 'VENDOR_BAD_RESPONSE' } })
    clear()
    data.conferences.delete(stopped[0]!.id)
    await next()
    expect(entries()).toEqual(['gap', `DELETED ${stopped[0]!.id}`])
  })
})
