import type { Account } from '../vendors/accounts.ts'
import { capabilities, type Capability } from '../vendors/kit/capability.ts'
import { vendors } from '../vendors/index.ts'
import { computeAccountState, type AccountState, type Health } from '../upstream/account-state.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { markAsNode, registerNodeFinder, Node } from './node.ts'
import { Problem } from '../core/errors.ts'
import { ProblemRef, toProblemField } from './problem.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const describedCapabilities: Record<Capability, string> = {
  LIST_USERS: 'Lists users.',
  GET_USER: 'Returns a user by ID.',
  LIST_CONFERENCES: 'Lists conferences.',
  GET_CONFERENCE: 'Returns a conference by ID.',
  LIST_PARTICIPANTS: 'Lists the participants of a conference.',
  LIST_RECORDINGS: 'Lists recordings and makes them available for download.',
  LIST_SESSIONS: 'Lists the sessions of conferences and who attended them.',
  CREATE_CONFERENCE: 'Creates conferences.',
  UPDATE_CONFERENCE: 'Updates conferences.',
  DELETE_CONFERENCE: 'Deletes conferences.',
  RUN_CONFERENCE: 'Starts conferences, or returns a URL with which the host starts them.',
  END_CONFERENCE: 'Ends running conferences.',
  UPDATE_OCCURRENCE: 'Moves or shortens one occurrence of a series.',
  CANCEL_OCCURRENCE: 'Cancels one occurrence of a series.',
  INVITE_PARTICIPANT: 'Invites people to conferences.',
  REMOVE_PARTICIPANT: 'Withdraws invitations or registrations.',
  DELETE_RECORDING: 'Deletes a recording.',
  UPLOAD_CONFERENCE_FILE: 'Uploads files to a conference.',
  UPLOAD_AVATAR: 'Uploads the avatar of a user.',
  UPLOAD_LIBRARY_FILE: "Uploads files to the account's library, without attaching them to a conference.",
  TOTAL_COUNT: 'Reports the total (`totalCount`) of at least one of the lists.',
  ISSUE_USER_TOKEN: 'Issues tokens with which a program acts as a user.',
  WATCH_CONFERENCES: 'Provides events for the `conferenceEvents` subscription.',
  WEBHOOKS: 'Reports changes without being polled, as configured: through webhooks or an event connection.',
}

const VendorEnum = builder.enumType('Vendor', {
  description: 'A meeting provider whose API Parley calls.',
  values: Object.fromEntries(vendors.map(({ name, label }) => [name, { description: `${label}.` }])) as Record<
    string,
    { description: string }
  >,
})

const CapabilityEnum = builder.enumType('Capability', {
  description: 'What a vendor supports. Everything else is reported as `UNSUPPORTED_BY_VENDOR` without a vendor call.',
  values: Object.fromEntries(capabilities.map((name) => [name, { description: describedCapabilities[name] }])),
})

const HealthState = builder.enumType('HealthState', {
  description: 'State of an account, derived from the results of its vendor calls.',
  values: {
    UNUSED: { description: 'No vendor call has ended since the process started.' },
    OK: { description: 'The last vendor call succeeded.' },
    DEGRADED: { description: 'The last vendor call failed, but not because of an outage or invalid credentials.' },
    RATE_LIMITED: { description: 'Calls are paused until `rateLimitedUntil`.' },
    UNAVAILABLE: {
      description: 'The vendor cannot be reached, times out, or fails. The state recovers when a later call succeeds.',
    },
    MISCONFIGURED: {
      description:
        'The vendor rejects the configured credentials, TLS to the vendor fails, or the proxy rejects the connection. An operator must fix the configuration.',
    },
  } as const satisfies Record<AccountState, { description: string }>,
})

const AccountHealth = builder.objectRef<Health>('AccountHealth').implement({
  description: 'Health of an account, as observed by this server process. Makes no vendor call.',
  fields: (t) => ({
    state: t.field({
      type: HealthState,
      nullable: false,
      description: 'Current state of the account.',
      resolve: (health) => computeAccountState(health),
    }),
    tokenExpiresAt: t.field({
      type: 'DateTime',
      description: 'When the cached access token expires. Null if no token is cached or if the token does not expire.',
      resolve: (health) => toDate(health.tokenExpiresAt),
    }),
    rateLimitedUntil: t.field({
      type: 'DateTime',
      description:
        "When calls that are paused by the vendor's rate limit can continue. Null if no rate limit is in effect.",
      resolve: (health) => toDate(health.rateLimitedUntil),
    }),
    calls: t.exposeInt('calls', {
      nullable: false,
      description:
        'Number of vendor calls that this process has sent since it started. Retries count; token requests do not.',
    }),
    lastProblem: t.field({
      type: ProblemRef,
      description:
        'Most recent vendor error, even if later calls succeeded. Null if there has been none since the process started.',
      resolve: (health) => toProblemField(health.lastProblem && withoutCallerInput(health.lastProblem)),
    }),
  }),
})

/**
 * Removes from a problem what another caller has sent. A vendor message can repeat input, a path can contain names of
 * options, and a vendor code that is not a single word can contain either.
 */
function withoutCallerInput(problem: Problem): Problem {
  const { vendorCode } = problem
  const isWord = vendorCode !== null && /^(?:\d{1,6}|[a-z_]{1,40})$/i.test(vendorCode)
  return problem.with({ path: null, vendorMessage: null, vendorCode: isWord ? vendorCode : null })
}

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

const exampleLabels = vendors
  .slice(0, 2)
  .map(({ label }, index) => `\`${index === 0 ? label : `${label} (berlin)`}\``)
  .join(' or ')

AccountRef.implement({
  description: 'A configured set of credentials for one vendor. Two servers of the same vendor are two accounts.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: (account) => encodeId('Account', account.key),
    }),
    key: t.exposeString('key', {
      nullable: false,
      description:
        'Unique name of the account in the configuration, such as `zoom` or `trueconf-berlin`. Filters and inputs refer to the account by this key.',
    }),
    vendor: t.field({
      type: VendorEnum,
      nullable: false,
      description: 'Vendor of the account.',
      resolve: (account) => account.vendorName,
    }),
    label: t.exposeString('label', { nullable: false, description: `Display name, such as ${exampleLabels}.` }),
    capabilities: t.field({
      type: [CapabilityEnum],
      nullable: { list: false, items: false },
      description: 'What the vendor supports. Makes no vendor call.',
      resolve: (account) => [...account.capabilities],
    }),
    health: t.field({
      type: AccountHealth,
      nullable: false,
      description: 'Health of the account. Makes no vendor call.',
      resolve: (account) => account.upstream.getHealth(),
    }),
  }),
})

registerNodeFinder('Account', (_, account) => account)

builder.queryFields((t) => ({
  accounts: t.field({
    type: [AccountRef],
    nullable: { list: false, items: false },
    description:
      'Returns the accounts that you have access to, in configuration order. Lists without `orderBy` have the same order.',
    resolve: (_, __, { accounts }) => accounts.map((account: Account) => markAsNode('Account', account)),
  }),
  account: t.field({
    type: AccountRef,
    description: 'Returns an account by key. Null if the account does not exist or you do not have access to it.',
    args: { key: t.arg.string({ required: true, description: 'Key of the account.' }) },
    resolve: (_, { key }, { accounts }) => accounts.find((account) => account.key === key) ?? null,
  }),
}))
