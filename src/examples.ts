import type { Example } from './http/graphiql.ts'

/** The tabs that GraphiQL opens with; all of them run against the sandbox. */
export const examples: readonly Example[] = [
  {
    query: `# Parley: one graph over all your meeting vendors. Press Ctrl-Enter to run.
query Accounts {
  accounts {
    key
    vendor
    label
    capabilities
    health { state calls tokenExpiresAt }
  }
}
`,
  },
  {
    query: `# One list over all accounts. Put endCursor into "after" for the next page;
# "sources" says what each account gave, and what is missing and why.
query Users($after: String) {
  users(first: 20, after: $after) {
    nodes { id displayName email status account { key } }
    pageInfo { hasNextPage endCursor }
    sources { account { key } status nodes problem { code message retryAt } }
  }
}
`,
    variables: '{ "after": null }',
  },
  {
    query: `# Conferences with their owners and participants.
query Conferences {
  conferences(first: 10, filter: { accounts: ["trueconf"] }) {
    totalCount
    nodes {
      title
      kind
      state
      joinUrl
      owner { displayName email }
      schedule {
        ... on OneTimeSchedule { startsAt durationMinutes }
        ... on RecurringSchedule { rrule nextStartsAt }
        ... on PermanentSchedule { since }
      }
      participants(first: 5) { nodes { displayName role status } }
    }
  }
}
`,
  },
  {
    query: `# The same person at several vendors, by e-mail address.
query Person {
  users(filter: { search: "helen" }, first: 5) {
    nodes { displayName email account { label } sameAs { vendorId account { label } } }
    sources { account { key } status nodes }
  }
}
`,
  },
]
