import type { Account } from '../vendors/accounts.ts'
import { capabilities, type Capability } from '../vendors/kit/capability.ts'
import { vendors } from '../vendors/index.ts'
import { computeAccountState, type AccountState } from '../upstream/account-state.ts'
import type { Health } from '../upstream/upstream.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { markAsNode, registerNodeFinder, Node } from './node.ts'
import { Problem } from '../core/errors.ts'
import { ProblemRef, shown } from './problem.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const describedCapabilities: Record<Capability, string> = {
  LIST_USERS: 'Lists its users.',
  GET_USER: 'Gives one user by id.',
  LIST_CONFERENCES: 'Lists its conferences.',
  GET_CONFERENCE: 'Gives one conference by id.',
  LIST_PARTICIPANTS: 'Tells who is invited to a conference, in it or gone.',
  CREATE_CONFERENCE: 'Makes conferences.',
  UPDATE_CONFERENCE: 'Changes conferences.',
  DELETE_CONFERENCE: 'Deletes conferences.',
  RUN_CONFERENCE: 'Starts conferences, or returns a link with which the host does.',
  END_CONFERENCE: 'Ends conferences that run.',
  INVITE_PARTICIPANT: 'Invites people.',
  REMOVE_PARTICIPANT: 'Takes invitations back.',
  UPLOAD_CONFERENCE_FILE: 'Takes files for a conference.',
  UPLOAD_AVATAR: 'Takes a picture of a user.',
  UPLOAD_LIBRARY_FILE: 'Takes files that hang on nothing yet.',
  TOTAL_COUNT: 'Tells how many objects at least one of its lists has.',
  ISSUE_USER_TOKEN: 'Issues tokens with which a program acts as a user.',
  WEBHOOKS: 'Tells of changes by itself; no vendor is connected so yet.',
}

const VendorEnum = builder.enumType('Vendor', {
  description: 'Whose server an account is on.',
  values: Object.fromEntries(vendors.map(({ name, label }) => [name, { description: `${label}.` }])) as Record<
    string,
    { description: string }
  >,
})

const CapabilityEnum = builder.enumType('Capability', {
  description: 'What a vendor can do for us; what is missing is answered with UNSUPPORTED_BY_VENDOR before any call.',
  values: Object.fromEntries(capabilities.map((name) => [name, { description: describedCapabilities[name] }])),
})

const HealthState = builder.enumType('HealthState', {
  description: 'How an account does, by what its own calls have met.',
  values: {
    UNUSED: { description: 'No call has been made since the start.' },
    OK: { description: 'The last call succeeded.' },
    DEGRADED: { description: 'The last call failed in a way that says little of the next one.' },
    RATE_LIMITED: { description: 'Calls are held back until `rateLimitedUntil`.' },
    UNAVAILABLE: { description: 'The vendor cannot be reached, times out or fails; it is asked again by itself.' },
    MISCONFIGURED: {
      description: 'It refuses our credentials, or its certificate is not acceptable: somebody has to act.',
    },
  } as const satisfies Record<AccountState, { description: string }>,
})

const AccountHealth = builder.objectRef<Health>('AccountHealth').implement({
  description: 'What this process knows of the account from its own calls; asking for it calls no vendor.',
  fields: (t) => ({
    state: t.field({
      type: HealthState,
      nullable: false,
      description: 'How it does at present.',
      resolve: (health) => computeAccountState(health),
    }),
    tokenExpiresAt: t.field({
      type: 'DateTime',
      description: 'When the access token now held runs out; null where there is none yet or it never does.',
      resolve: (health) => toDate(health.tokenExpiresAt),
    }),
    rateLimitedUntil: t.field({
      type: 'DateTime',
      description: "Until when the vendor's rate limit holds calls back; null where it does not.",
      resolve: (health) => toDate(health.rateLimitedUntil),
    }),
    calls: t.exposeInt('calls', {
      nullable: false,
      description: 'Vendor calls sent by this process since it started.',
    }),
    lastProblem: t.field({
      type: ProblemRef,
      description: 'The latest trouble, though it be over; null where there was none.',
      resolve: (health) => shown(health.lastProblem && withoutCallerInput(health.lastProblem)),
    }),
  }),
})

/**
 * Returns the problem of any caller as every caller may see it. Vendors repeat input in their texts, and a path holds
 * names of options, so neither is shown, nor a vendor code that is more than a word.
 */
function withoutCallerInput(problem: Problem): Problem {
  const { vendorCode } = problem
  const isWord = vendorCode !== null && /^(?:\d{1,6}|[a-z_]{1,40})$/i.test(vendorCode)
  return problem.with({ path: null, vendorMessage: null, vendorCode: isWord ? vendorCode : null })
}

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

AccountRef.implement({
  description: 'One configured set of credentials at one vendor. Two servers of one vendor are two accounts.',
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
        'Its name in the configuration, e.g. "zoom" or "trueconf-berlin". Unique; what filters and inputs take.',
    }),
    vendor: t.field({
      type: VendorEnum,
      nullable: false,
      description: 'Whose server it is on.',
      resolve: (account) => account.vendorName,
    }),
    label: t.exposeString('label', { nullable: false, description: 'A name for people.' }),
    capabilities: t.field({
      type: [CapabilityEnum],
      nullable: { list: false, items: false },
      description: 'What this vendor can do for us, known without calling it.',
      resolve: (account) => [...account.capabilities],
    }),
    health: t.field({
      type: AccountHealth,
      nullable: false,
      description: 'How it does, without calling the vendor.',
      resolve: (account) => account.upstream.getHealth(),
    }),
  }),
})

registerNodeFinder('Account', (_, account) => account)

builder.queryFields((t) => ({
  accounts: t.field({
    type: [AccountRef],
    nullable: { list: false, items: false },
    description: 'The accounts that you may use, in configuration order: the order of every list.',
    resolve: (_, __, { accounts }) => accounts.map((account: Account) => markAsNode('Account', account)),
  }),
  account: t.field({
    type: AccountRef,
    description: 'One account by its key; null where you have none of that name.',
    args: { key: t.arg.string({ required: true, description: 'Its name in the configuration.' }) },
    resolve: (_, { key }, { accounts }) => accounts.find((account) => account.key === key) ?? null,
  }),
}))
