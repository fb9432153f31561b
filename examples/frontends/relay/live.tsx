import { fetchQuery, graphql, requestSubscription } from 'react-relay'
import { LiveList, type LiveMessage } from '../shared/live-list.tsx'
import type { liveQuery } from './__generated__/liveQuery.graphql.ts'
import type { liveSubscription } from './__generated__/liveSubscription.graphql.ts'
import { environment } from './environment.ts'

export function Live() {
  return <LiveList watch={watch} fetchRunning={fetchRunning} />
}

const subscription = graphql`
  subscription liveSubscription($after: String) {
    conferenceEvents(after: $after) {
      cursor
      event {
        type
        conferenceId
        conference {
          id
          title
          state
          account {
            label
          }
        }
      }
      gaps {
        reason
      }
      sources {
        account {
          label
        }
        status
        problem {
          message
        }
      }
    }
  }
`

function watch(onMessage: (message: LiveMessage) => void, onError: (error: Error) => void) {
  const { dispose } = requestSubscription<liveSubscription>(environment, {
    subscription,
    variables: {},
    onNext: (data) => data && onMessage(data.conferenceEvents),
    onError,
  })
  return dispose
}

async function fetchRunning() {
  const query = graphql`
    query liveQuery {
      conferences(first: 20, filter: { state: [RUNNING] }) {
        nodes {
          id
          title
          state
          account {
            label
          }
        }
      }
    }
  `
  const data = await fetchQuery<liveQuery>(environment, query, {}).toPromise()
  return data?.conferences?.nodes ?? []
}
