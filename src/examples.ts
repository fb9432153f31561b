import type { Example } from './http/graphiql.ts'

/**
 * The tabs that GraphiQL opens with; all of them run against the sandbox.
 * A line has at most 50 characters: more do not fit the editor without scrolling.
 */
export const examples: readonly Example[] = [
  {
    query: `# Parley: all your meeting vendors as one graph.
# Ctrl-Enter runs this; the other tabs show more,
# and the book at the top left explains it all.
query Accounts {
  accounts {
    key
    label
    capabilities
    health {
      state
      calls
      tokenExpiresAt
    }
  }
}
`,
  },
  {
    query: `# The users of all accounts as one list.
# Next page: put endCursor into "after" below.
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
`,
    variables: '{ "after": null }',
  },
  {
    query: `# Conferences with their owners and participants.
query Conferences {
  conferences(
    first: 10
    filter: { accounts: ["trueconf"] }
  ) {
    totalCount
    nodes {
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
  }
}
`,
  },
  {
    query: `# One person at several vendors: the users that
# have the same e-mail address.
query Person {
  users(
    first: 5
    filter: { email: "helen.1250@example.com" }
  ) {
    nodes {
      displayName
      account { label }
      sameAs {
        displayName
        email
        account { label }
      }
    }
    sources { account { key } status nodes }
  }
}
`,
  },
]
