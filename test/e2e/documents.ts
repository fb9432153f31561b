import { graphql } from './gql/gql.ts'

/** Documents of the end-to-end tests of lists, with the fields that the tests check. */
export const usersPage = graphql(`
  query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
    users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      totalCount
      nodes {
        id
        vendorId
        displayName
        email
        account {
          key
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      sources {
        account {
          key
        }
        status
        nodes
        problem {
          code
          message
          retryable
          retryAt
        }
      }
    }
  }
`)

export const conferencesPage = graphql(`
  query ConferencesPage(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $filter: ConferenceFilter
    $orderBy: ConferenceOrder
  ) {
    conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      totalCount
      nodes {
        id
        vendorId
        title
        state
        account {
          key
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      sources {
        account {
          key
        }
        status
        nodes
        problem {
          code
          message
        }
      }
    }
  }
`)

export const conferencesWithOwners = graphql(`
  query ConferencesWithOwners($first: Int!, $accounts: [String!]) {
    conferences(first: $first, filter: { accounts: $accounts }) {
      nodes {
        id
        owner {
          id
          vendorId
          displayName
        }
      }
      sources {
        status
        nodes
      }
    }
  }
`)

export const nodesById = graphql(`
  query NodesById($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
    }
  }
`)

export const userById = graphql(`
  query UserById($id: ID!) {
    user(id: $id) {
      id
      vendorId
      email
      account {
        key
      }
      sameAs {
        id
        email
        account {
          key
        }
      }
    }
  }
`)

export const accountsNow = graphql(`
  query AccountsNow {
    accounts {
      id
      key
      vendor
      label
      capabilities
      health {
        state
        calls
        tokenExpiresAt
        rateLimitedUntil
        lastProblem {
          code
          message
          retryable
        }
      }
    }
  }
`)

export const participantsPage = graphql(`
  query ParticipantsPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    conference(id: $id) {
      participants(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          id
          displayName
          status
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`)

export const conferenceFields = graphql(`
  query ConferenceFields($filter: ConferenceFilter) {
    conferences(first: 50, filter: $filter) {
      nodes {
        id
        vendorId
        title
        description
        mode
        state
        kind
        schedule {
          __typename
          ... on OneTimeSchedule {
            startsAt
            durationMinutes
          }
          ... on RecurringSchedule {
            rrule
            nextStartsAt
          }
          ... on PermanentSchedule {
            since
          }
        }
        maxParticipants
        allowGuests
        tags
        createdAt
        raw
      }
      sources {
        status
        nodes
        problem {
          code
          message
          account {
            key
          }
        }
      }
    }
  }
`)

export const userFields = graphql(`
  query UserFields($filter: UserFilter) {
    users(first: 50, filter: $filter) {
      nodes {
        id
        vendorId
        displayName
        email
        status
        presence
        phoneNumbers
        raw
      }
      sources {
        status
        nodes
        problem {
          code
        }
      }
    }
  }
`)
