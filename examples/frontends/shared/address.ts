const configured = import.meta.env.VITE_PARLEY_URL as string | undefined

/** Of the API: the page's own origin, or what the build says, where that server's `cors` lets this origin in. */
export const url = new URL(configured ?? '/graphql', location.href).href

/** What a multipart request must bring: a page of another origin cannot send it unasked. */
export const headers = { 'x-parley-csrf': '1' }

/** The cursor behind which the page starts: cursors do not go stale, so they can stand in links. */
export const place = new URLSearchParams(location.search).get('after')

/** Users to a page. */
export const size = 10

const day = 86_400_000
const today = new Date().setHours(0, 0, 0, 0)

/** Two weeks from today, and conferences to a page. The same object for each rendering: it is a part of the list's key. */
export const calendarWindow = {
  startsFrom: new Date(today).toISOString(),
  startsBefore: new Date(today + 14 * day).toISOString(),
}
export const calendarSize = 50
