import { withAccount, type WithAccount } from './with-account.ts'
import { createScanLimitProblem } from '../paging/scan-budget.ts'
import { scanList } from '../paging/scan.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { VendorList } from '../vendors/vendor-lists.ts'
import type { Participant } from '../vendors/vendor-objects.ts'
import { Problem } from '../core/errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { createParticipantPredicate } from './filters.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { UserRef } from './user.ts'
import { semanticNonNull } from './semantic-non-null.ts'
import { nullIfAccountFails, sharedDescriptions } from './shared-descriptions.ts'

export const ParticipantRole = builder.enumType('ParticipantRole', {
  description: 'A role in a conference.',
  values: {
    OWNER: { description: 'Owner or host of the conference.' },
    MODERATOR: { description: 'Moderates the conference together with the owner.' },
    ATTENDEE: { description: 'Participant without special rights.' },
    UNKNOWN: { description: 'Not reported by the vendor.' },
  } as const,
})

const ParticipantStatus = builder.enumType('ParticipantStatus', {
  description: 'Whether a participant is invited, present, or gone.',
  values: {
    INVITED: { description: 'Invited but has not joined.' },
    REGISTERED: { description: 'Registered, also if the registration is not approved yet.' },
    WAITING: { description: 'In the waiting room.' },
    JOINED: { description: 'In the conference.' },
    LEFT: { description: 'Joined and has left.' },
    UNKNOWN: { description: 'Not reported by the vendor.' },
  } as const,
})

export const ParticipantRef = builder.objectRef<WithAccount<Participant>>('Participant').implement({
  description: 'Someone who was invited to a conference, is in it, or has left it.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ account, conferenceId, vendorId }) => encodeId('Participant', account.key, conferenceId, vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: (participant) => participant.account,
    }),
    vendorId: t.exposeString('vendorId', {
      nullable: false,
      description: 'ID of the participant, unique within the conference.',
    }),
    conference: t.field({
      type: ConferenceRef,
      description: 'Conference of the participant. Fails with `NOT_FOUND` if the conference does not exist anymore.',
      nullable: false,
      resolve: async ({ account, conferenceId }, _, { loaders }) => {
        const conference = await loaders.loadConference(account, conferenceId)
        if (!conference)
          throw new Problem('NOT_FOUND', 'The conference of this participant was not found. It may have been deleted.')
        return conference
      },
    }),
    user: t.field({
      type: UserRef,
      description: 'User of the same account. Null if the participant is a guest, or if the user was not found.',
      resolve: ({ account, userId }, _, { loaders }) => (userId === null ? null : loaders.loadUser(account, userId)),
    }),
    displayName: t.exposeString('displayName', { description: 'Display name. Null if the vendor does not report it.' }),
    email: t.expose('email', {
      type: 'EmailAddress',
      description: 'Email address. Null if the vendor does not report it.',
    }),
    role: t.expose('role', { type: ParticipantRole, nullable: false, description: 'Role in the conference.' }),
    status: t.expose('status', {
      type: ParticipantStatus,
      nullable: false,
      description: 'Whether the participant is invited, present, or gone.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      description: 'When the participant joined. Null if they have not joined, or if the vendor does not report it.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      description: 'When the participant left. Null if they have not left, or if the vendor does not report it.',
    }),
    joinUrl: t.expose('joinUrl', {
      type: 'URL',
      description: 'Personal URL with which this participant joins. Null if the vendor has not created one.',
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: sharedDescriptions.raw,
      resolve: (participant) => participant.raw,
    }),
  }),
})

const ParticipantConnection = defineConnection<Participant>(
  'Participant',
  ParticipantRef,
  'A page of participants of one conference, in the order of the vendor.',
)

const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'Filter for participants.',
  fields: (t) => ({
    status: t.field({
      type: [ParticipantStatus],
      description: 'Statuses to include. If omitted or empty, all statuses.',
    }),
  }),
})

builder.objectField(ConferenceRef, 'participants', (t) =>
  t.field({
    type: ParticipantConnection,
    ...semanticNonNull,
    description: `Participants of the conference. Without the capability \`LIST_PARTICIPANTS\`, the list is empty. ${nullIfAccountFails}`,
    args: {
      ...pageArguments,
      filter: t.arg({ type: ParticipantFilter, description: sharedDescriptions.participantFilter }),
    },
    resolve: ({ account, vendorId }, args, context) => {
      const status = args.filter?.status
      return resolveList<Participant>(
        {
          field: `${encodeId('Conference', account.key, vendorId)}.participants`,
          accounts: [account],
          getList: ({ vendor }) => vendor.participants?.(vendorId),
          args,
          filter: status && status.length > 0 ? { status } : null,
          matches: createParticipantPredicate(status),
        },
        context,
      )
    },
  }),
)

async function findParticipant(
  listing: VendorList<Participant>,
  vendorId: string,
  call: CallContext,
  scanCalls: number,
): Promise<Participant | null> {
  const slice = await scanList(listing, 'start', {
    call,
    budget: { remaining: scanCalls },
    isForward: true,
    count: 1,
    expectFewMatches: true,
    matches: (participant) => participant.vendorId === vendorId,
  })
  if (slice.failure && slice.failure.vendorStatus !== 404) throw slice.failure
  if (slice.hitScanLimit) throw createScanLimitProblem(call)
  return slice.items[0]?.node ?? null
}

registerNodeFinder('Participant', async ({ parts }, account, { call, limits: { scanCalls } }) => {
  const [conferenceId, vendorId] = parts as [string, string]
  const listing = account!.vendor.participants?.(conferenceId)
  if (!listing) return null
  const search = call.trackAge()
  const found = await findParticipant(listing, vendorId, search, scanCalls)
  // That a participant does not exist must not be known only from the cache.
  const isCertain = found !== null || !search.age.hasCached
  const participant = isCertain ? found : await findParticipant(listing, vendorId, search.refresh(), scanCalls)
  return participant && withAccount(account!, participant)
})
