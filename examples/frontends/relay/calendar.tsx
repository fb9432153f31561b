import { useState } from 'react'
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay'
import { calendarPageSize, calendarWindow } from '../shared/settings.ts'
import { CalendarList } from '../shared/calendar.tsx'
import type { calendar_list$key } from './__generated__/calendar_list.graphql.ts'
import type { calendarPageQuery } from './__generated__/calendarPageQuery.graphql.ts'
import type { calendarQuery } from './__generated__/calendarQuery.graphql.ts'

export function Calendar() {
  const query = useLazyLoadQuery<calendarQuery>(
    graphql`
      query calendarQuery($first: Int, $filter: ConferenceFilter!) {
        ...calendar_list @arguments(first: $first, filter: $filter)
      }
    `,
    { first: calendarPageSize, filter: calendarWindow },
  )
  const [failure, setFailure] = useState<Error | null>(null)
  const list = usePaginationFragment<calendarPageQuery, calendar_list$key>(
    graphql`
      fragment calendar_list on Query
      @refetchable(queryName: "calendarPageQuery")
      @argumentDefinitions(first: { type: "Int" }, after: { type: "String" }, filter: { type: "ConferenceFilter!" }) {
        conferences(first: $first, after: $after, filter: $filter, orderBy: { field: STARTS_AT })
          @connection(key: "calendar_conferences", filters: ["filter", "orderBy"]) {
          edges {
            node {
              id
              title
              account {
                label
              }
              owner {
                displayName
              }
              schedule {
                ... on OneTimeSchedule {
                  startsAt
                }
                ... on RecurringSchedule {
                  nextStartsAt
                }
              }
            }
          }
          sources {
            account {
              key
              label
            }
            status
            problem {
              message
              retryable
            }
          }
        }
      }
    `,
    query,
  )
  const { edges = [], sources = [] } = list.data.conferences ?? {}
  return (
    <CalendarList
      sources={sources}
      conferences={edges.map(({ node }) => node)}
      isBusy={list.isLoadingNext}
      failure={failure?.message}
      loadLater={list.hasNext ? () => list.loadNext(calendarPageSize, { onComplete: setFailure }) : null}
    />
  )
}
