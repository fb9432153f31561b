import { useMutation } from 'urql'
import { ConferenceSteps } from '../shared/conference-steps.tsx'
import { CreateConferenceDocument, InviteParticipantDocument, RunConferenceDocument } from '../shared/gql/graphql.ts'
import { getData } from './get-data.ts'

export function Conference() {
  const [, create] = useMutation(CreateConferenceDocument)
  const [, invite] = useMutation(InviteParticipantDocument)
  const [, run] = useMutation(RunConferenceDocument)
  return (
    <ConferenceSteps
      create={async (input) => getData(await create({ input })).createConference}
      invite={async (input) => getData(await invite({ input })).inviteParticipant}
      run={async (input) => getData(await run({ input })).runConference}
    />
  )
}
