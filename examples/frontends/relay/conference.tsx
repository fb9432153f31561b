import { graphql } from 'react-relay'
import { ConferenceSteps } from '../shared/conference-steps.tsx'
import type { conferenceCreateMutation } from './__generated__/conferenceCreateMutation.graphql.ts'
import type { conferenceInviteMutation } from './__generated__/conferenceInviteMutation.graphql.ts'
import type { conferenceRunMutation } from './__generated__/conferenceRunMutation.graphql.ts'
import { commit } from './commit.ts'

const create = graphql`
  mutation conferenceCreateMutation($input: CreateConferenceInput!) {
    createConference(input: $input) {
      outcome
      problems {
        message
      }
      conference {
        id
        title
        state
      }
    }
  }
`
const invite = graphql`
  mutation conferenceInviteMutation($input: InviteParticipantInput!) {
    inviteParticipant(input: $input) {
      outcome
      problems {
        message
      }
    }
  }
`
const run = graphql`
  mutation conferenceRunMutation($input: RunConferenceInput!) {
    runConference(input: $input) {
      outcome
      problems {
        message
      }
      conference {
        id
        title
        state
      }
    }
  }
`

export function Conference() {
  return (
    <ConferenceSteps
      create={async (input) =>
        (await commit<conferenceCreateMutation>({ mutation: create, variables: { input } })).createConference
      }
      invite={async (input) =>
        (await commit<conferenceInviteMutation>({ mutation: invite, variables: { input } })).inviteParticipant
      }
      run={async (input) =>
        (await commit<conferenceRunMutation>({ mutation: run, variables: { input } })).runConference
      }
    />
  )
}
