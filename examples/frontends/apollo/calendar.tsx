import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { calendarSize, calendarWindow } from '../shared/address.ts'
import { CalendarList } from '../shared/calendar.tsx'
import { CalendarDocument } from '../shared/gql/graphql.ts'

const variables = { first: calendarSize, filter: calendarWindow }

export function Calendar() {
  const [failure, setFailure] = useState<Error>()
  const { data, error, loading, fetchMore } = useQuery(CalendarDocument, { variables })
  const { edges, pageInfo, sources } = data?.conferences ?? { edges: [], pageInfo: null, sources: [] }

  const later = () => {
    setFailure(undefined)
    fetchMore({ variables: { ...variables, after: pageInfo?.endCursor } }).catch(setFailure)
  }
  return (
    <CalendarList
      sources={sources}
      conferences={edges.map(({ node }) => node)}
      isBusy={loading}
      failure={(error ?? failure)?.message}
      later={pageInfo?.hasNextPage ? later : null}
    />
  )
}
