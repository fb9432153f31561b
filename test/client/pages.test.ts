import { expect, test } from 'vitest'
import { ParleyError } from '../../src/client/errors.ts'
import { iteratePages, type ConnectionPage } from '../../src/client/pages.ts'

const page = (
  nodes: unknown[],
  endCursor: string | null,
  hasNextPage = true,
  sources: ConnectionPage['sources'] = [],
): ConnectionPage => ({
  nodes,
  pageInfo: { hasNextPage, endCursor },
  sources,
})
const createFailedSources = (retryAt: string | null = null) => [
  { account: { key: 'zoom' }, status: 'FAILED', problem: { code: 'VENDOR_TIMEOUT', message: 'No response.', retryAt } },
]

/** Iterates over scripted pages. The last page of the script repeats. */
async function iterate(script: (ConnectionPage | ParleyError)[], after: string | null = null) {
  const [cursors, nodes, pauses]: [(string | null)[], unknown[], number[]] = [[], [], []]
  const load = async (after: string | null): Promise<ConnectionPage> => {
    const result = script[Math.min(cursors.length, script.length - 1)]!
    cursors.push(after)
    if (result instanceof ParleyError) throw result
    return result
  }
  const sleep = async (ms: number) => void pauses.push(ms)
  let error: unknown = null
  try {
    for await (const { page } of iteratePages(load, { after, now: () => 0, sleep })) nodes.push(...page.nodes!)
  } catch (thrown) {
    error = thrown
  }
  return { cursors, nodes, pauses, error }
}

test('iterates to the end, also over empty pages with a new cursor', async () => {
  const result = await iterate([page([1], 'a'), page([], 'b'), page([], 'c'), page([2], 'd', false)], 'z')
  expect(result).toEqual({ cursors: ['z', 'a', 'b', 'c'], nodes: [1, 2], pauses: [], error: null })
})

test('requests an empty page without a new cursor once more, at the time in retryAt', async () => {
  const stalled = page([], 'a', true, createFailedSources('1970-01-01T00:00:05Z'))
  const recovered = await iterate([page([1], 'a'), stalled, page([2], 'b'), page([], 'b', false)])
  expect(recovered).toMatchObject({ cursors: [null, 'a', 'a', 'b'], nodes: [1, 2], pauses: [5_000], error: null })
  const lost = await iterate([page([1], 'a'), stalled])
  expect(lost).toMatchObject({ cursors: [null, 'a', 'a'], pauses: [5_000], error: { code: 'VENDOR_TIMEOUT' } })
})

test('reports the account that failed, not one that contributed an earlier response', async () => {
  const problem = { code: 'VENDOR_UNAVAILABLE', message: 'No connection.' }
  const stale = { account: { key: 'berlin' }, status: 'STALE', problem }
  const stalled = await iterate([page([1], 'a'), page([], 'a', true, [stale, ...createFailedSources()])])
  expect(stalled).toMatchObject({ cursors: [null, 'a', 'a'], error: { code: 'VENDOR_TIMEOUT' } })
})

test('fails with PAGING_LOOP after a page without a cursor or with an earlier one', async () => {
  expect(await iterate([page([], null)])).toMatchObject({ cursors: [null, null], error: { code: 'PAGING_LOOP' } })
  const circle = await iterate([page([1], 'a'), page([2], 'b'), page([3], 'a')])
  expect(circle).toMatchObject({
    cursors: [null, 'a', 'b'],
    nodes: [1, 2, 3],
    pauses: [],
    error: { code: 'PAGING_LOOP' },
  })
})

test('requests a page once more after a retryable error, unless the pause exceeds 60 s', async () => {
  const details = { outcomeUnknown: false, retryable: true }
  const busy = new ParleyError('OVERLOADED', 'Busy.', details)
  expect(await iterate([busy, page([1], 'a', false)])).toMatchObject({ nodes: [1], pauses: [1_000], error: null })
  expect(await iterate([busy])).toMatchObject({ cursors: [null, null], error: busy })
  const later = new ParleyError('VENDOR_RATE_LIMITED', 'Later.', { ...details, retryAt: new Date(60_001) })
  expect(await iterate([later])).toMatchObject({ cursors: [null], pauses: [], error: later })
  const forbidden = new ParleyError('FORBIDDEN', 'No.', { outcomeUnknown: false })
  expect(await iterate([forbidden])).toMatchObject({ cursors: [null], pauses: [], error: forbidden })
})
