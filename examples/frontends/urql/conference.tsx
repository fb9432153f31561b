import { useMutation } from 'urql'
import { ConferenceSteps } from '../shared/conference-steps.tsx'
import { CreateConferenceDocument, InviteParticipantDocument, RunConferenceDocument } from '../shared/gql/graphql.ts'
import { dataOf } from './data.ts'

export function Conference() {
  const [, create] = useMutation(CreateConferenceDocument)
  const [, invite] = useMutation(InviteParticipantDocument)
  const [, run] = useMutation(RunConferenceDocument)
  return (
    <ConferenceSteps
      create={async (input) => dataOf(await create({ input })).createConference}
      invite={async (input) => dataOf(await invite({ input })).inviteParticipant}
      run={async (input) => dataOf(await run({ input })).runConference}
    />
  )
}
