import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { getMonthRange, listMonths } from '../kit/months.ts'
import { isInRange, type TimeRange } from '../kit/time-range.ts'
import type { FlatList, PageRequest } from '../vendor-lists.ts'
import { createRecordSpans, type RecordSpan } from './record-spans.ts'
import { readSessions } from './sessions.ts'

/** Number of months without a session that are read for one page. More are on the next page. */
const maxEmptyMonths = 24
/** End of a page token for the pages before a month, which are read from its end. */
const backwardMark = '<'

/** Sessions of a period, whose records are listed. A page has the sessions of one month, the newest month first. */
export function createSpanList(client: VendorClient, period: TimeRange): FlatList<RecordSpan> {
  const months = listMonths(period)

  async function readSpans(month: string, call: CallContext) {
    const range = getMonthRange(month, period)
    const { sessions, problem } = await readSessions(client, { period: range }, call)
    const spans = await createRecordSpans(sessions)
    return { items: spans.filter(({ session }) => isInRange(session.startedAt, range)), problem }
  }

  return {
    maxSize: 100,
    linksToLastPage: true,
    async loadPage(request, call) {
      const { index: first, step } = parseRequest(request, months)
      for (let index = first; ; index += step) {
        const { items, problem } = await readSpans(months[index]!, call)
        const isEmpty = items.length === 0 && !problem && Math.abs(index - first) < maxEmptyMonths
        if (isEmpty && months[index + step] !== undefined) continue
        const previous = months[index - 1]
        return {
          items,
          next: months[index + 1] ?? null,
          previous: previous === undefined ? null : previous + backwardMark,
          ...(problem && { problem }),
        }
      }
    },
    getId: (span) => (span as RecordSpan).session.vendorId,
    parseItem: (span) => span as RecordSpan,
  }
}

/** Returns the index of the month with which a page begins, and the direction in which months without a session are skipped. */
function parseRequest(request: PageRequest, months: readonly string[]): { index: number; step: 1 | -1 } {
  const link = 'link' in request ? request.link : null
  if (link === null) return { index: 0, step: 1 }
  if (link === 'last') return { index: months.length - 1, step: -1 }
  const isBackward = link.endsWith(backwardMark)
  const index = months.indexOf(isBackward ? link.slice(0, -backwardMark.length) : link)
  return { index: Math.max(0, index), step: isBackward ? -1 : 1 }
}
