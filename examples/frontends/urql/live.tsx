import { LiveDocument, RunningConferencesDocument } from '../shared/gql/graphql.ts'
import { LiveList, type LiveMessage } from '../shared/live-list.tsx'
import { client } from './client.ts'

export function Live() {
  return <LiveList watch={watch} fetchRunning={fetchRunning} />
}

function watch(onMessage: (message: LiveMessage) => void, onError: (error: Error) => void) {
  const subscription = client.subscription(LiveDocument, {}).subscribe(({ data, error }) => {
    if (data) onMessage(data.conferenceEvents)
    if (error) onError(error)
  })
  return () => subscription.unsubscribe()
}

async function fetchRunning() {
  const { data, error } = await client.query(RunningConferencesDocument, {}, { requestPolicy: 'network-only' })
  if (error) throw error
  return data?.conferences?.nodes ?? []
}
