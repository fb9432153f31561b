const configured = import.meta.env.VITE_PARLEY_URL as string | undefined

/**
 * URL of the API. Default: `/graphql` at the origin of the page. If VITE_PARLEY_URL names another origin, the `cors.origins` of
 * that server must contain the origin of the page.
 */
export const url = new URL(configured ?? '/graphql', location.href).href

/** Required in multipart requests: a page of another origin cannot send this header without a preflight. */
export const headers = { 'x-parley-csrf': '1' }

/** Cursor after which the page starts; null for the start of the list. Cursors do not go stale, so links can contain them. */
export const startCursor = new URLSearchParams(location.search).get('after')

/**
 * Whether the pages send the IDs of their documents instead of the texts, for a server that runs only trusted documents. Set it
 * with VITE_TRUSTED_DOCUMENTS=true.
 */
export const sendsIds = import.meta.env.VITE_TRUSTED_DOCUMENTS === 'true'

/** Number of users per page. */
export const pageSize = 10

const dayMs = 86_400_000
const now = Date.now()

/**
 * Two weeks from now, so that a series is in the order of its next occurrence, which the calendar shows. One object for all
 * renderings, because the filter is part of the list's key in the cache.
 */
export const calendarWindow = {
  startsFrom: new Date(now).toISOString(),
  startsBefore: new Date(now + 14 * dayMs).toISOString(),
}
/** Number of conferences per page. */
export const calendarPageSize = 50
