import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem, readField } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { readWholeList } from '../kit/read-whole-list.ts'
import { isInRange, type TimeRange } from '../kit/time-range.ts'
import type { SessionFilter } from '../vendor-inputs.ts'
import type { FlatList, VendorList } from '../vendor-lists.ts'
import type { Session } from '../vendor-objects.ts'
import { cutHalfMonth, listHalfMonths, listRequestedDays } from './half-months.ts'
import { createPageSchema, createTokenList, maxPageSize } from './lists.ts'
import { toReportedPeriod } from './period.ts'
import { getSessionId, readStart, ZoomSession } from './session.ts'
import { sortNewestFirst } from './sort-sessions.ts'

const historyPage = createPageSchema('history_meetings')

/** Creates the list of all sessions of the account that began in a period (`GET /report/history_meetings`). */
export function createHistoryList(client: VendorClient, filter: SessionFilter): VendorList<Session> {
  const period = toReportedPeriod(filter)
  if (period.from >= period.before) return createEmptyList()
  return {
    // Zoom accepts at most one month. Shorter periods are read faster, and each is read as a whole before its newest session
    // is known.
    parent: listHalfMonths(period),
    getChildList: (name) => createRangeList(client, cutHalfMonth(String(name), period)),
  }
}

/** Creates the list of a short range, which is one page because Zoom defines no order. */
function createRangeList(client: VendorClient, range: TimeRange): FlatList<Session> {
  const report = createTokenList(client, {
    getPath: () => path`/report/history_meetings`,
    query: { ...listRequestedDays(range), meeting_type: 'meeting' },
    schema: historyPage,
    subject: { kind: 'conferences' },
    rateLimit: 'heavy',
    getId: getSessionId,
    parseItem: (row) => row,
  })
  return {
    maxSize: maxPageSize,
    async loadPage(_, call) {
      const rows = (await readWholeList(report, call)).filter((row) => readField(row, 'type') !== 'Webinar')
      const items = sortNewestFirst(rows.filter((row) => isInRange(readStart(row), range)))
      const page = { items, next: null, previous: null }
      const hasUnknownStart = rows.some((row) => readStart(row) === null)
      return hasUnknownStart ? { ...page, problem: createUnexpectedValueProblem('start_time') } : page
    },
    getId: getSessionId,
    parseItem: (row) => new ZoomSession(row),
  }
}
