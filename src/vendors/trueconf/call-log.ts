import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { type Query, type RequestPath, path } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { toNumber, type UnreadFields } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'
import type { TimeRange } from '../kit/months.ts'
import { formatLogTime } from './log-time.ts'
import { requirePermission } from './permissions.ts'
import { getSessionId } from './session.ts'

/** Size of a page of the log. The vendor's own programs request 500. A server that returns fewer items is read, too. */
const pageSize = 500
/** Maximum number of calls that are read for one list. */
const maxCalls = 20_000
const dayMs = 86_400_000

function readLogPage(body: unknown) {
  return { items: requireItems(body, 'list'), total: toNumber((body as UnreadFields<'cnt'>).cnt) }
}

interface LogOptions {
  query?: Query
  subject?: ReadSubject
  /** Name of the permission that the log requires. */
  permission: string
  /** Maximum number of rows. */
  maxRows: number
  /** Identifies a row. Rows with the same key are the same row, on pages that overlap. */
  getKey(item: unknown): string | null
}

/**
 * Reads all pages of a log: `{cnt, list}`. Pages count from 1.
 *
 * @throws `VENDOR_RESPONSE_TOO_LARGE` if there are more than `maxRows` rows.
 */
export async function readLog(
  client: VendorClient,
  target: RequestPath,
  { query, subject, permission, maxRows, getKey }: LogOptions,
  call: CallContext,
): Promise<unknown[]> {
  const rows: unknown[] = []
  const keys = new Set<string>()
  for (let page = 1, position = 0; ; page++) {
    const options = { query: { ...query, page_id: page, page_size: pageSize }, schema: readLogPage, subject }
    const { items, total } = await requirePermission(permission, client.read(target, options, call))
    const newItems = items.filter((item) => {
      const key = getKey(item)
      return key === null || (!keys.has(key) && keys.add(key))
    })
    rows.push(...newItems)
    if (rows.length > maxRows) throw createTooManyRowsProblem(maxRows)
    position += items.length
    // The total can be wrong, and pages can be smaller than requested, so that both must show the end.
    if (newItems.length === 0 || (items.length < pageSize && total !== null && position >= total)) return rows
  }
}

const createTooManyRowsProblem = (maxRows: number): Problem =>
  new Problem('VENDOR_RESPONSE_TOO_LARGE', `The vendor's log has more than ${maxRows} rows for this request.`)

/** Calls of a conference, or of the whole server. */
export interface CallFilter {
  conferenceId?: string | undefined
  /** Period in which the calls began. */
  period?: TimeRange | undefined
}

/**
 * Reads the calls of the log (`GET /logs/calls`) in any order, including some outside of the period: TrueConf does not document
 * in which time zone it reads dates, so that one more day on both sides is requested.
 */
export function readCalls(client: VendorClient, { conferenceId, period }: CallFilter, call: CallContext) {
  const query = {
    named_conf_id: conferenceId,
    date_from: period && formatLogTime(new Date(period.from.getTime() - dayMs)),
    date_to: period && formatLogTime(new Date(period.before.getTime() + dayMs)),
    sort_field: 'start_time',
    sort_order: 1,
  }
  const subject: ReadSubject = { kind: 'conferences', conferenceId }
  const options = { query, subject, permission: 'logs.calls:read', maxRows: maxCalls, getKey: getSessionId }
  return readLog(client, path`/logs/calls`, options, call)
}
