import type { Context } from 'hono'
import { type Edge, getRow } from './edge.ts'
import { respondWithLinkedPage } from './paging.ts'

/** Serves read-only data: calendar events, times, and reports. Only the fields of reports are published. */
export function serveReports({ app, data, paging }: Edge): void {
  app.get('/v1/workspaces/:id/events', (c) => {
    const workspace = getRow(data.workspaces, c.req.param('id'), 'Workspace')
    const rows = [...data.events.values()].filter((event) => event.workspaceId === workspace.id)
    return respondWithLinkedPage(c, rows, ({ id, title, startDate }) => ({ id, details: { title, startDate } }), paging)
  })

  app.get('/v1/times', (c) =>
    respondWithLinkedPage(
      c,
      [...data.times.values()],
      ({ id, date, hours }) => ({ id, details: { date, hours } }),
      paging,
    ),
  )

  // All rows in one response, after a row of headings: the vendor's sample follows no links and skips the first row.
  const records = (c: Context, reportId: string) => {
    const rows = [...getRow(data.reports, reportId, 'Report').records.values()]
    const headings = rows
      .slice(0, 1)
      .map(({ fields }) => fields.map(({ fieldName }) => ({ fieldName, value: fieldName })))
    return c.json({ items: [...headings, ...rows.map(({ fields }) => fields)].map((fields) => ({ fields })) })
  }
  app.get('/v1/reports/:id', (c) => records(c, c.req.param('id')))
  app.get('/v1/reports/:id/records', (c) => records(c, c.req.param('id')))
}
