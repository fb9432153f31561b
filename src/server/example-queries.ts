/** Queries of the tabs that GraphiQL opens with, and the subscription. */

export const accountsQuery = `query Accounts {
  accounts {
    key
    label
    vendor
    capabilities
    health { state calls tokenExpiresAt }
  }
}
`

export const usersQuery = `# Users of all accounts, account by account. To sort
# them, add orderBy: { field: DISPLAY_NAME }.
# For the next page, copy endCursor to "after" in the
# pane "Variables". "sources" shows what each account
# contributed to this page, and why data is missing.
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

export const conferencesQuery = `# Conferences of all accounts, with their owners and
# participants. The owner is null if the vendor does
# not report it.
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

export const personQuery = `# One person at several vendors: users with the same
# email address. Names are not compared.
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

export const sessionsQuery = `# Who attended the conferences of one week, and what was
# recorded. The week ends a day ago, because vendors
# complete a report only some time after the session.
query Sessions($from: DateTime!, $before: DateTime!) {
  sessions(
    first: 5
    filter: {
      startedFrom: $from
      startedBefore: $before
    }
  ) {
    nodes {
      title
      startedAt
      durationSeconds
      attendance(first: 10) {
        totalCount
        nodes { displayName email seconds }
      }
      recordings(first: 5) {
        nodes { name kind state size }
      }
    }
    pageInfo { hasNextPage endCursor }
    sources {
      account { key }
      status
      problem { code message }
    }
  }
}
`

export const watchSubscription = `# Shows the newest event, until you press the button
# again. Run this tab. Then open GraphiQL in another tab
# of the browser, and run Create there. The first result
# shows how each account is watched.
subscription Watch {
  conferenceEvents {
    cursor
    event {
      type
      occurredAt
      origin
      account { key }
      conference { id title state }
      participant { displayName }
    }
    gaps { account { key } reason since until }
    sources {
      account { key }
      status
      interval
      problem { code message }
    }
  }
}
`
