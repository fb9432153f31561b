import type { Example } from '../http/graphiql/graphiql.ts'
import { formatGraphiqlWelcome, type AccountSummary } from './graphiql-welcome.ts'

/**
 * The tabs that GraphiQL opens with; with the sandbox's accounts all of them run.
 * A line of theirs has at most 56 characters: what the editor shows in a window of 1400 pixels.
 */
export function createExamples(accounts: readonly AccountSummary[]): readonly Example[] {
  const findAccountKey = (vendor: string, usual: string) =>
    accounts.find(({ vendorName }) => vendorName === vendor)?.key ?? usual
  const trueconf = findAccountKey('TRUECONF', 'trueconf')
  return [
    { query: `${formatGraphiqlWelcome(accounts)}${accountsQuery}` },
    { query: users, variables: '{ "after": null }' },
    { query: conferences },
    { query: person },
    {
      query: createConferenceExample(
        findAccountKey('ZOOM', 'zoom'),
        trueconf,
        findAccountKey('IMEET_CENTRAL', 'imeetcentral'),
      ),
    },
    { query: invite, variables: withId },
    { query: run, variables: withId },
    { query: end, variables: withId },
    { query: operation, variables: withId },
    { query: upload(trueconf) },
  ]
}

const withId = '{ "id": "" }'

const accountsQuery = `query Accounts {
  accounts {
    key
    label
    vendor
    capabilities
    health { state calls tokenExpiresAt }
  }
}
`

const users = `# The users of all accounts as one list, account after
# account; orderBy: { field: DISPLAY_NAME } mixes them.
# Next page: endCursor into "after" in "Variables".
# sources: what each account gave to this page,
# and what is missing from it, and why.
query Users($after: String) {
  users(first: 20, after: $after) {
    nodes {
      displayName
      email
      status
      account { key }
    }
    pageInfo { hasNextPage endCursor }
    sources {
      account { key }
      status
      nodes
      problem { code message retryAt }
    }
  }
}
`

const conferences = `# Conferences of all accounts, with their owners and
# participants. A null owner: the vendor names none.
query Conferences {
  conferences(first: 10) {
    nodes {
      id
      title
      kind
      state
      joinUrl
      owner { displayName email }
      schedule {
        ... on OneTimeSchedule {
          startsAt
          durationMinutes
        }
        ... on RecurringSchedule {
          rrule
          nextStartsAt
        }
        ... on PermanentSchedule { since }
      }
      participants(first: 5) {
        nodes { displayName role status }
      }
    }
    pageInfo { hasNextPage endCursor }
    sources { account { key } status nodes }
  }
}
`

const person = `# One person at several vendors: the users that have
# the same e-mail address. A name alone joins nobody.
query Person {
  users(
    first: 5
    filter: { email: "ada.1200@example.com" }
  ) {
    nodes {
      displayName
      account { label }
      sameAs { id displayName account { label } }
    }
    sources { account { key } status nodes }
  }
}
`

const createConferenceExample = (
  zoom: string,
  trueconf: string,
  imeetcentral: string,
) => `# One conference at each vendor. Zoom and TrueConf need
# an owner; an iMeet Central workspace has neither owner
# nor time. outcome tells how each went; problems, why.
# Copy an id for the tabs Invite, Run and End.
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
  }) { ...Made }
  trueconf: createConference(input: {
    account: "${trueconf}"
    title: "Planning"
    owner: { vendorId: "helen" }
    schedule: { permanent: true }
  }) { ...Made }
  imeetcentral: createConference(input: {
    account: "${imeetcentral}"
    title: "Planning"
  }) { ...Made }
}

fragment Made on CreateConferencePayload {
  outcome
  problems { code message path }
  conference { id title kind state joinUrl }
  operation { id }
}
`

const invite = `# Into "Variables": the id of the TrueConf conference
# that the tab Create answered with. For Zoom, name a
# user of it: user: { email: "…" }
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

const run = `# TrueConf starts it. Zoom has no call for that:
# startUrl is a link for the host, and a credential.
# iMeet Central has nothing to run.
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

const end = `# Ends it for everybody; the list keeps the conference.
mutation End($id: ID!) {
  endConference(input: { conferenceId: $id }) {
    outcome
    problems { code message path }
    conference { state }
    operation { id }
  }
}
`

const operation = `# What became of a mutation, a lost answer's too. Into
# "Variables": the operation { id } of a tab before.
# It calls no vendor, and answers for 30 days.
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

const upload = (account: string) => `# Uploads: GraphiQL cannot send files; a shell can.
#   npx parley upload slides.pdf --conference ID
#   npx parley upload face.png --user ID
#   npx parley upload notes.txt --account KEY
# With curl, by the multipart request specification:
#   curl SERVER/graphql -H 'x-parley-csrf: 1' \\
#     -F operations='{"query": "…", "variables": {…}}' \\
#     -F map='{"0": ["variables.input.file"]}' \\
#     -F 0=@slides.pdf
# The query of it, and input with "file": null:
#   mutation ($input: UploadFileInput!) {
#     uploadFile(input: $input) {
#       outcome
#       problems { message }
#       file { id size sha256 }
#     }
#   }
# Which accounts take which files, and ids of users:
query Upload {
  accounts { key capabilities }
  users(first: 3, filter: { accounts: ["${account}"] }) {
    nodes { id displayName }
  }
}
`
