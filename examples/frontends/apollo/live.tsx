import { LiveDocument, RunningConferencesDocument } from '../shared/gql/graphql.ts'
import { LiveList, type LiveMessage } from '../shared/live-list.tsx'
import { client } from './client.ts'

export function Live() {
  return <LiveList watch={watch} fetchRunning={fetchRunning} />
}

function watch(onMessage: (message: LiveMessage) => void, onError: (error: Error) => void) {
  const subscription = client.subscribe({ query: LiveDocument }).subscribe({
    next: ({ data, error }) => {
      if (data) onMessage(data.conferenceEvents)
      if (error) onError(error)
    },
  })
  return () => subscription.unsubscribe()
}

async function fetchRunning() {
  const { data } = await client.query({ query: RunningConferencesDocument, fetchPolicy: 'network-only' })
  return data?.conferences?.nodes ?? []
}
