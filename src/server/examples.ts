import type { Example } from '../http/graphiql/graphiql.ts'
import {
  accountsQuery,
  conferencesQuery,
  personQuery,
  sessionsQuery,
  usersQuery,
  watchSubscription,
} from './example-queries.ts'
import { formatGraphiqlWelcome, type AccountSummary } from './graphiql-welcome.ts'

/**
 * Creates the tabs that GraphiQL opens with. With the accounts of the sandbox, each of them runs. Their lines have at most 56
 * characters, which is what the editor shows in a window of 1,400 pixels.
 */
export function createExamples(accounts: readonly AccountSummary[]): readonly Example[] {
  const findAccountKey = (vendor: string, defaultKey: string) =>
    accounts.find(({ vendorName }) => vendorName === vendor)?.key ?? defaultKey
  const trueconf = findAccountKey('TRUECONF', 'trueconf')
  return [
    { query: `${formatGraphiqlWelcome(accounts)}${accountsQuery}` },
    { query: usersQuery, variables: '{ "after": null }' },
    { query: conferencesQuery },
    { query: personQuery },
    { query: sessionsQuery, variables: createWeek() },
    { query: watchSubscription },
    {
      query: createConferenceExample(
        findAccountKey('ZOOM', 'zoom'),
        trueconf,
        findAccountKey('IMEET_CENTRAL', 'imeetcentral'),
      ),
    },
    { query: inviteMutation, variables: conferenceVariables },
    { query: runMutation, variables: conferenceVariables },
    { query: endMutation, variables: conferenceVariables },
    { query: operationQuery, variables: operationVariables },
    { query: createUploadExample(trueconf) },
  ]
}

const dayMs = 24 * 60 * 60 * 1_000

/** Returns the variables of a query for the week that ended a day ago. */
function createWeek(): string {
  const before = Date.now() - dayMs
  return JSON.stringify({ from: new Date(before - 7 * dayMs), before: new Date(before) })
}

const conferenceVariables = '{ "id": "id of a conference from the tab Create" }'
const operationVariables = '{ "id": "id of an operation from the tab Create" }'

const createConferenceExample = (
  zoom: string,
  trueconf: string,
  imeetcentral: string,
) => `# Creates a conference at each vendor. Zoom and TrueConf
# require an owner. iMeet Central supports neither an
# owner nor a schedule. See "outcome" and "problems" for
# the result. Copy the id of a conference for the tabs
# Invite, Run, and End.
mutation Create {
  zoom: createConference(input: {
    account: "${zoom}"
    title: "Planning"
    owner: { email: "ada.1200@example.com" }
    schedule: { oneTime: {
      startsAt: "2030-06-03T09:00:00Z"
      durationMinutes: 45
      timeZone: "Europe/Berlin"
    } }
  }) { ...Created }
  trueconf: createConference(input: {
    account: "${trueconf}"
    title: "Planning"
    owner: { vendorId: "helen" }
    schedule: { permanent: true }
  }) { ...Created }
  imeetcentral: createConference(input: {
    account: "${imeetcentral}"
    title: "Planning"
  }) { ...Created }
}

fragment Created on CreateConferencePayload {
  outcome
  problems { code message path }
  conference { id title kind state joinUrl }
  operation { id }
}
`

const inviteMutation = `# In the pane "Variables", replace the value with the id
# of the TrueConf conference from the tab Create. For
# Zoom, invite a user of Zoom: user: { email: "…" }
mutation Invite($id: ID!) {
  inviteParticipant(input: {
    conferenceId: $id
    invitee: { user: { vendorId: "dean" } }
  }) {
    outcome
    problems { code message path }
    participant { id displayName status joinUrl }
  }
}
`

const runMutation = `# Enter an id as in the tab Invite. TrueConf starts the
# conference. Zoom cannot start meetings through its
# API: the host opens startUrl, which is a credential.
# iMeet Central does not support this mutation.
mutation Run($id: ID!) {
  runConference(input: { conferenceId: $id }) {
    outcome
    problems { code message path }
    conference {
      state
      participants { nodes { displayName role status } }
    }
    startUrl
    operation { id }
  }
}
`

const endMutation = `# Enter an id as in the tab Invite. Ends the conference
# for all participants, and does not delete it.
mutation End($id: ID!) {
  endConference(input: { conferenceId: $id }) {
    outcome
    problems { code message path }
    conference { state }
    operation { id }
  }
}
`

const operationQuery = `# Shows the result of a mutation, even if the response
# was lost. In the pane "Variables", enter the id of an
# operation from another tab. Makes no vendor call.
# Operations are kept for 30 days.
query Operation($id: ID!) {
  operation(id: $id) {
    mutation
    outcome
    startedAt
    finishedAt
    problem { code message }
    result { ... on Conference { id title state } }
  }
}
`

const createUploadExample = (account: string) => `# GraphiQL cannot upload files. Use a shell:
#   npx parley upload slides.pdf --conference ID
#   npx parley upload face.png --user ID
#   npx parley upload notes.txt --account KEY
# With curl (GraphQL multipart request specification):
#   curl SERVER/graphql -H 'x-parley-csrf: 1' \\
#     -F operations='{"query": "…", "variables": {…}}' \\
#     -F map='{"0": ["variables.input.file"]}' \\
#     -F 0=@slides.pdf
# The mutation (in variables.input, "file" is null):
#   mutation ($input: UploadFileInput!) {
#     uploadFile(input: $input) {
#       outcome
#       problems { message }
#       file { id size sha256 }
#     }
#   }
# This query returns capabilities and IDs of users:
query Upload {
  accounts { key capabilities }
  users(first: 3, filter: { accounts: ["${account}"] }) {
    nodes { id displayName }
  }
}
`
