import type { WithAccount } from './with-account.ts'
import { createScanLimitProblem } from '../paging/scan-budget.ts'
import { scanList } from '../paging/scan.ts'
import type { Participant } from '../vendors/vendor.ts'
import { Problem } from '../core/errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { createParticipantPredicate } from './filters.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { UserRef } from './user.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

export const ParticipantRole = builder.enumType('ParticipantRole', {
  description: 'What someone is in a conference.',
  values: {
    OWNER: { description: 'The host.' },
    MODERATOR: { description: 'Leads the conference together with the owner.' },
    ATTENDEE: { description: 'Takes part.' },
    UNKNOWN: { description: 'The vendor does not say.' },
  } as const,
})

const ParticipantStatus = builder.enumType('ParticipantStatus', {
  description: 'How far someone has come.',
  values: {
    INVITED: { description: 'Invited, and has not been there.' },
    REGISTERED: { description: 'Has a place (a registration; a role in a workspace).' },
    WAITING: { description: 'Waits to be let in, or for a registration to be approved.' },
    JOINED: { description: 'Is in it now.' },
    LEFT: { description: 'Was in it.' },
    UNKNOWN: { description: 'The vendor does not say.' },
  } as const,
})

export const ParticipantRef = builder.objectRef<WithAccount<Participant>>('Participant').implement({
  description: 'Someone invited to, in, or gone from one conference.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: (it) => encodeId('Participant', it.account.key, it.conferenceId, it.vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: (participant) => participant.account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: 'Unique within its conference.' }),
    conference: t.field({
      type: ConferenceRef,
      description: 'The conference it is all about; an error where that is gone.',
      nullable: false,
      resolve: async ({ account, conferenceId }, _, { loaders }) => {
        const conference = await loaders.loadConference(account, conferenceId)
        if (!conference) throw new Problem('NOT_FOUND', 'The conference of this participant is gone.')
        return conference
      },
    }),
    user: t.field({
      type: UserRef,
      description: 'The user of the account; null for a guest.',
      resolve: ({ account, userId }, _, { loaders }) => (userId === null ? null : loaders.loadUser(account, userId)),
    }),
    displayName: t.exposeString('displayName', { description: 'The name as the others see it.' }),
    email: t.expose('email', {
      type: 'EmailAddress',
      description: 'Email address. Null if the vendor does not report it.',
    }),
    role: t.expose('role', { type: ParticipantRole, nullable: false, description: 'What the person is in it.' }),
    status: t.expose('status', {
      type: ParticipantStatus,
      nullable: false,
      description: 'How far the person has come.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      description: 'When the participant joined. Null before, or if the vendor does not report it.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      description: 'When the participant left. Null before, or if the vendor does not report it.',
    }),
    joinUrl: t.expose('joinUrl', { type: 'URL', description: "This person's own link, where the vendor made one." }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: sharedDescriptions.raw,
      resolve: (participant) => participant.raw,
    }),
  }),
})

const ParticipantConnection = defineConnection<Participant>('Participant', ParticipantRef)

const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'All that is given must hold.',
  fields: (t) => ({
    status: t.field({ type: [ParticipantStatus], description: 'Any of these; empty or absent means all.' }),
  }),
})

builder.objectField(ConferenceRef, 'participants', (t) =>
  t.field({
    type: ParticipantConnection,
    description:
      'Participants: people who were invited, are in the conference, or have left. Without the capability `LIST_PARTICIPANTS` of the account, the source is UNSUPPORTED.',
    args: { ...pageArguments, filter: t.arg({ type: ParticipantFilter, description: sharedDescriptions.filter }) },
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

registerNodeFinder('Participant', async ({ parts }, account, { call, limits }) => {
  const [conferenceId, vendorId] = parts as [string, string]
  const listing = account!.vendor.participants?.(conferenceId)
  if (!listing) return null
  const slice = await scanList(listing, 'start', {
    call,
    scan: { left: limits.scanCalls },
    forward: true,
    count: 1,
    expectFewMatches: true,
    matches: (participant) => participant.vendorId === vendorId,
  })
  if (slice.failure && slice.failure.vendorStatus !== 404) throw slice.failure
  if (slice.stopped) throw createScanLimitProblem(call)
  return slice.edges[0] ? Object.assign(slice.edges[0].node, { account }) : null
})
