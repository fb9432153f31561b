import { useMutation } from '@apollo/client/react'
import { ConferenceSteps } from '../shared/conference-steps.tsx'
import { CreateConferenceDocument, InviteParticipantDocument, RunConferenceDocument } from '../shared/gql/graphql.ts'

export function Conference() {
  const [create] = useMutation(CreateConferenceDocument)
  const [invite] = useMutation(InviteParticipantDocument)
  const [run] = useMutation(RunConferenceDocument)
  return (
    <ConferenceSteps
      create={async (input) => (await create({ variables: { input } })).data!.createConference}
      invite={async (input) => (await invite({ variables: { input } })).data!.inviteParticipant}
      run={async (input) => (await run({ variables: { input } })).data!.runConference}
    />
  )
}
