import type { Context } from 'hono'
import { type Edge, find } from './edge.ts'
import { linkedPage } from './paging.ts'

/** What can only be read: calendar events, times, reports. The items' fields are guesses but for the reports'. */
export function serveReports({ app, data, paging }: Edge): void {
  app.get('/v1/workspaces/:id/events', (c) => {
    const workspace = find(data.workspaces, c.req.param('id'), 'Workspace')
    const rows = [...data.events.values()].filter((event) => event.workspaceId === workspace.id)
    return linkedPage(c, rows, ({ id, title, startDate }) => ({ id, details: { title, startDate } }), paging)
  })

  app.get('/v1/times', (c) =>
    linkedPage(c, [...data.times.values()], ({ id, date, hours }) => ({ id, details: { date, hours } }), paging),
  )

  // Whole and behind a row of headings: the vendor's sample follows no links and takes the first row for that.
  const records = (c: Context, reportId: string) => {
    const rows = [...find(data.reports, reportId, 'Report').records.values()]
    const headings = rows
      .slice(0, 1)
      .map(({ fields }) => fields.map(({ fieldName }) => ({ fieldName, value: fieldName })))
    return c.json({ items: [...headings, ...rows.map(({ fields }) => fields)].map((fields) => ({ fields })) })
  }
  app.get('/v1/reports/:id', (c) => records(c, c.req.param('id')))
  app.get('/v1/reports/:id/records', (c) => records(c, c.req.param('id')))
}
