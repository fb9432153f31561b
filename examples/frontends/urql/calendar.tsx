import { useState } from 'react'
import { useQuery } from 'urql'
import { calendarPageSize, calendarWindow } from '../shared/settings.ts'
import { CalendarList } from '../shared/calendar.tsx'
import type { CalendarConference } from '../shared/calendar.tsx'
import { CalendarDocument } from '../shared/gql/graphql.ts'
import type { CalendarQueryVariables } from '../shared/gql/graphql.ts'

const firstPage: CalendarQueryVariables = { first: calendarPageSize, filter: calendarWindow }

/** Collects the pages itself, because `relayPagination` ignores the `pageInfo` of empty pages and cannot continue after them. */
export function Calendar() {
  const [variables, setVariables] = useState(firstPage)
  const [{ data, error, fetching }, again] = useQuery({ query: CalendarDocument, variables })
  const [page, setPage] = useState(data?.conferences)
  const [conferenceById, setConferences] = useState<ReadonlyMap<string, CalendarConference>>(new Map())
  if (data?.conferences && data.conferences !== page) {
    setPage(data.conferences)
    const conferences = data.conferences.edges.map(({ node }): [string, CalendarConference] => [node.id, node])
    setConferences(new Map([...conferenceById, ...conferences]))
  }
  const loadLater = () =>
    error ? again({ requestPolicy: 'network-only' }) : setVariables({ ...firstPage, after: page?.pageInfo.endCursor })
  return (
    <CalendarList
      sources={page?.sources ?? []}
      conferences={[...conferenceById.values()]}
      isBusy={fetching}
      failure={error?.message}
      loadLater={page?.pageInfo.hasNextPage ? loadLater : null}
    />
  )
}
