import { expect, test } from 'vitest'
import { ParleyError } from '../../src/client/errors.ts'
import { iteratePages, type Page } from '../../src/client/pages.ts'

const page = (nodes: unknown[], endCursor: string | null, hasNextPage = true, sources: Page['sources'] = []): Page => ({
  nodes,
  pageInfo: { hasNextPage, endCursor },
  sources,
})
const away = (retryAt: string | null = null) => [
  { account: { key: 'zoom' }, status: 'FAILED', problem: { code: 'VENDOR_TIMEOUT', message: 'No answer.', retryAt } },
]

/** Walks what the script answers; the last answer comes for ever. */
async function walk(script: (Page | ParleyError)[], after: string | null = null) {
  const [asked, nodes, slept]: [(string | null)[], unknown[], number[]] = [[], [], []]
  const load = async (after: string | null): Promise<Page> => {
    const answer = script[Math.min(asked.length, script.length - 1)]!
    asked.push(after)
    if (answer instanceof ParleyError) throw answer
    return answer
  }
  const sleep = async (ms: number) => void slept.push(ms)
  let error: unknown = null
  try {
    for await (const walked of iteratePages(load, { after, now: () => 0, sleep })) nodes.push(...walked.page.nodes!)
  } catch (thrown) {
    error = thrown
  }
  return { asked, nodes, slept, error }
}

test('to the end, over empty pages that move on', async () => {
  const walked = await walk([page([1], 'a'), page([], 'b'), page([], 'c'), page([2], 'd', false)], 'z')
  expect(walked).toEqual({ asked: ['z', 'a', 'b', 'c'], nodes: [1, 2], slept: [], error: null })
})

test('a page that brings nothing and leads nowhere is asked for once more, when the vendor says', async () => {
  const standing = page([], 'a', true, away('1970-01-01T00:00:05Z'))
  const recovered = await walk([page([1], 'a'), standing, page([2], 'b'), page([], 'b', false)])
  expect(recovered).toMatchObject({ asked: [null, 'a', 'a', 'b'], nodes: [1, 2], slept: [5_000], error: null })
  const lost = await walk([page([1], 'a'), standing])
  expect(lost).toMatchObject({ asked: [null, 'a', 'a'], slept: [5_000], error: { code: 'VENDOR_TIMEOUT' } })
})

test('no cursor at all, or an old one, is no way on', async () => {
  expect(await walk([page([], null)])).toMatchObject({ asked: [null, null], error: { code: 'PAGING_LOOP' } })
  const circle = await walk([page([1], 'a'), page([2], 'b'), page([3], 'a')])
  expect(circle).toMatchObject({ asked: [null, 'a', 'b'], nodes: [1, 2, 3], slept: [], error: { code: 'PAGING_LOOP' } })
})

test('an error is waited out once where that may help, never for more than a minute', async () => {
  const details = { outcomeUnknown: false, retryable: true }
  const busy = new ParleyError('OVERLOADED', 'Busy.', details)
  expect(await walk([busy, page([1], 'a', false)])).toMatchObject({ nodes: [1], slept: [1_000], error: null })
  expect(await walk([busy])).toMatchObject({ asked: [null, null], error: busy })
  const later = new ParleyError('VENDOR_RATE_LIMITED', 'Later.', { ...details, retryAt: new Date(60_001) })
  expect(await walk([later])).toMatchObject({ asked: [null], slept: [], error: later })
  const refused = new ParleyError('FORBIDDEN', 'No.', { outcomeUnknown: false })
  expect(await walk([refused])).toMatchObject({ asked: [null], slept: [], error: refused })
})
