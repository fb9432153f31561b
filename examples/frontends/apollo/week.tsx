import { useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { WeekDocument } from '../shared/gql/graphql.ts'
import { calendarPageSize } from '../shared/settings.ts'
import { SourcesBanner } from '../shared/sources-banner.tsx'
import { Sessions } from './sessions.tsx'
import { addDays, WeekDays, type WeekConference } from './week-days.tsx'

/** Loads the week when the user opens it. */
export function WeekSection() {
  const [monday, setMonday] = useState<Date | null>(null)
  return (
    <section aria-label="Week">
      <h2>Week</h2>
      {monday ? (
        <>
          <button onClick={() => setMonday(addDays(monday, -7))}>Earlier week</button>{' '}
          <button onClick={() => setMonday(addDays(monday, 7))}>Later week</button>
          <Week key={monday.toISOString()} monday={monday} />
        </>
      ) : (
        <button onClick={() => setMonday(getMonday(new Date()))}>Show this week</button>
      )}
    </section>
  )
}

/** Shows every occurrence of a week, and the sessions of the conference that the user selects. */
function Week({ monday }: { monday: Date }) {
  const [selected, setSelected] = useState<WeekConference | null>(null)
  const [failure, setFailure] = useState<Error>()
  const variables = {
    first: calendarPageSize,
    startsFrom: monday.toISOString(),
    startsBefore: addDays(monday, 7).toISOString(),
  }
  // With `all`, a series that cannot be read does not hide the other conferences.
  const { data, error, loading, fetchMore, refetch } = useQuery(WeekDocument, { variables, errorPolicy: 'all' })
  const { edges, pageInfo, sources } = data?.conferences ?? { edges: [], pageInfo: null, sources: [] }
  const nextCursor = pageInfo?.hasNextPage ? pageInfo.endCursor : null

  const loadLater = () => {
    setFailure(undefined)
    fetchMore({ variables: { after: nextCursor } }).then(({ error }) => setFailure(error), setFailure)
  }
  const problem = error ?? failure
  // The page does not request an account that failed again and again by itself: the user decides when.
  const isPaused = problem !== undefined || sources.some((source) => source.problem)
  useEffect(() => {
    if (nextCursor && !isPaused) loadLater()
    // `loadLater` is not a dependency, because it is a new function in each rendering.
  }, [nextCursor, isPaused])

  const isBusy = loading || (nextCursor !== null && !isPaused)
  const tryAgain = () => (nextCursor ? loadLater() : void refetch())
  return (
    <div aria-busy={isBusy}>
      <SourcesBanner sources={sources} />
      {isBusy && <p role="status">Reading the conferences …</p>}
      {problem && <p role="alert">{problem.message}</p>}
      {isPaused && (nextCursor || problem) && <button onClick={tryAgain}>Try again</button>}
      {selected && <Sessions key={selected.id} conference={selected} />}
      <WeekDays monday={monday} conferences={edges.map(({ node }) => node)} onSelect={setSelected} />
    </div>
  )
}

/** Returns the beginning of the week of a date. */
const getMonday = (date: Date): Date => addDays(date, -((date.getDay() + 6) % 7))
