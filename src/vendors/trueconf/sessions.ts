import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem, toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { getMonthRange, listMonths } from '../kit/months.ts'
import { isInRange } from '../kit/time-range.ts'
import type { FlatList, VendorPage } from '../vendor-lists.ts'
import type { Session } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { type CallFilter, readCalls } from './call-log.ts'
import { limitPeriod } from './period.ts'
import { requirePermission } from './permissions.ts'
import { getSessionId, isDirectCall, TrueConfSession } from './session.ts'

const dayMs = 86_400_000
/** A running session that began earlier is not found by its ID on servers that do not return it. */
const maxRunningDays = 7

interface Sessions {
  /** Newest first. Those whose start is not known come last. */
  sessions: TrueConfSession[]
  /** Set if rows of the log could not be read. */
  problem: Problem | null
}

/**
 * Reads the sessions of a conference or of the server. Omits calls between two people. Includes some sessions outside of the
 * period.
 */
export async function readSessions(client: VendorClient, filter: CallFilter, call: CallContext): Promise<Sessions> {
  const entries: { session: TrueConfSession; startedAtMs: number | null }[] = []
  const ids = new Set<string>()
  let problem: Problem | null = null
  const pacer = new Pacer()
  for (const row of await readCalls(client, filter, call)) {
    if (pacer.isDue) await pacer.pause()
    if (isDirectCall(row)) continue
    const id = getSessionId(row)
    if (id === null) problem ??= createUnexpectedValueProblem('conference_id')
    // If a session begins while the log is read, a row can be repeated on the next page.
    if (id === null || ids.has(id)) continue
    ids.add(id)
    const session = new TrueConfSession(row)
    // A server that does not support the filter returns the sessions of all conferences.
    if (filter.conferenceId !== undefined && session.conferenceId !== filter.conferenceId) continue
    const startedAtMs = session.startedAt?.getTime() ?? null
    if (filter.period && startedAtMs === null) problem ??= createUnexpectedValueProblem('start_time')
    entries.push({ session, startedAtMs })
  }
  entries.sort(
    (a, b) =>
      (b.startedAtMs ?? -Infinity) - (a.startedAtMs ?? -Infinity) || (a.session.vendorId < b.session.vendorId ? -1 : 1),
  )
  return { sessions: entries.map(({ session }) => session), problem }
}

/** Creates a list with a single page, because the order in which TrueConf lists calls is not documented. */
function createSessionList(client: VendorClient, filter: CallFilter): FlatList<Session> {
  const { period } = filter
  return {
    maxSize: 100,
    reportsTotal: true,
    isExact: true,
    async loadPage(_, call): Promise<VendorPage> {
      const { sessions, problem } = await readSessions(client, filter, call)
      const items = period ? sessions.filter(({ startedAt }) => isInRange(startedAt, period)) : sessions
      return { items, next: null, previous: null, total: items.length, ...(problem && { problem }) }
    },
    getId: (item) => (item as TrueConfSession).vendorId,
    parseItem: (item) => item as TrueConfSession,
  }
}

/** Reads a response with one call. Null if it is a call between two people. */
function readSession(body: unknown): TrueConfSession | null {
  const row = toObject<'call'>(body)?.call ?? body
  return isDirectCall(row) ? null : new TrueConfSession(row)
}

/** Sessions: `GET /logs/calls` and `GET /logs/calls/{call_id}`. */
export function createSessionResource(client: VendorClient): Required<Pick<Vendor, 'sessions' | 'getSession'>> {
  return {
    sessions(filter) {
      const { conferenceId, startedFrom, startedBefore } = filter
      const hasPeriod = startedFrom !== undefined || startedBefore !== undefined
      const period = hasPeriod || conferenceId === undefined ? limitPeriod(filter) : undefined
      if (period && period.from >= period.before) return createEmptyList()
      if (conferenceId !== undefined || !period) return createSessionList(client, { conferenceId, period })
      return {
        parent: listMonths(period),
        getChildList: (month) => createSessionList(client, { period: getMonthRange(String(month), period) }),
      }
    },

    async getSession(id, call) {
      const options = { schema: readSession, subject: { kind: 'conferences' } } as const
      try {
        return await requirePermission('logs.calls:read', client.read(path`/logs/calls/${id}`, options, call))
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'NOT_FOUND') throw error
        return findRunningSession(client, id, call)
      }
    },
  }
}

/** Finds a running session in the list, because some versions of the server return only ended ones by ID. */
async function findRunningSession(client: VendorClient, id: string, call: CallContext): Promise<Session | null> {
  const now = Date.now()
  const period = { from: new Date(now - maxRunningDays * dayMs), before: new Date(now + dayMs) }
  const { sessions } = await readSessions(client, { period }, call)
  return sessions.find(({ vendorId, isRunning }) => vendorId === id && isRunning) ?? null
}
