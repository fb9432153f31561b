import type { WithAccount } from './with-account.ts'
import type { Conference } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { ScheduleUnion } from './schedule.ts'
import { resolveConferenceField } from './unlisted.ts'
import { UserRef } from './user.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const ConferenceKind = builder.enumType('ConferenceKind', {
  description: 'A kind of conference.',
  values: {
    MEETING: { description: 'Takes place at set times, or whenever the host starts it.' },
    ROOM: { description: 'Always available.' },
    WORKSPACE: { description: 'A workspace in which people share files.' },
    UNKNOWN: { description: 'A kind that Parley does not recognize.' },
  } as const,
})

export const ConferenceMode = builder.enumType('ConferenceMode', {
  description: 'How participants are shown and heard in a conference.',
  values: {
    ALL_ON_SCREEN: { description: 'All participants see and hear each other.' },
    VIDEO_LECTURE: { description: 'Participants see and hear only the presenter, who sees and hears all of them.' },
    MODERATED: { description: 'A moderator chooses who can be seen and heard by all participants.' },
    SMART_MEETING: { description: 'Participants who speak are shown to all automatically.' },
  } as const,
})

export const ConferenceState = builder.enumType('ConferenceState', {
  description: 'Whether a conference is running.',
  values: {
    SCHEDULED: { description: 'Scheduled to start.' },
    RUNNING: { description: 'In progress.' },
    IDLE: { description: 'Not running, and without a scheduled start.' },
    ENDED: { description: 'Ended.' },
    UNKNOWN: { description: 'Not reported by the vendor.' },
  } as const,
})

export const ConferenceRef = builder.objectRef<WithAccount<Conference>>('Conference')

ConferenceRef.implement({
  description: 'A meeting, virtual room, or workspace of one account.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ account, vendorId }) => encodeId('Conference', account.key, vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: (conference) => conference.account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: sharedDescriptions.vendorId }),
    kind: t.expose('kind', { type: ConferenceKind, nullable: false, description: 'Kind of conference.' }),
    title: t.exposeString('title', { nullable: false, description: 'Display title.' }),
    description: t.string({
      description: 'Description for participants. Null if there is none.',
      resolve: resolveConferenceField('description'),
    }),
    mode: t.expose('mode', {
      type: ConferenceMode,
      description: 'How participants are shown and heard. Null if the vendor does not report it.',
    }),
    state: t.expose('state', {
      type: ConferenceState,
      nullable: false,
      description: 'Whether the conference is running.',
    }),
    schedule: t.field({
      type: ScheduleUnion,
      description: 'When the conference takes place. Null if the vendor does not report it.',
      resolve: resolveConferenceField('schedule'),
    }),
    owner: t.field({
      type: UserRef,
      description:
        'User who owns the conference. Null if the vendor does not report an owner, or if the user was not found. The owners of a page are fetched in a batch.',
      resolve: ({ account, ownerId }, _, { loaders }) => (ownerId === null ? null : loaders.loadUser(account, ownerId)),
    }),
    maxParticipants: t.exposeInt('maxParticipants', {
      description: 'Maximum number of simultaneous participants. Null if the vendor does not report it.',
    }),
    allowGuests: t.boolean({
      description: 'Whether people without a vendor account can join. Null if the vendor does not report it.',
      resolve: resolveConferenceField('allowGuests'),
    }),
    tags: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Tags. Empty if there are none or the vendor does not report them.',
      resolve: (conference) => conference.tags,
    }),
    joinUrl: t.expose('joinUrl', {
      type: 'URL',
      description:
        'URL with which participants join. Null if the vendor does not report it. Never the start URL of the host.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the conference was created. Null if the vendor does not report it.',
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: sharedDescriptions.raw,
      resolve: (conference) => conference.raw,
    }),
  }),
})

registerNodeFinder('Conference', ({ parts }, account, { loaders }) => loaders.loadConference(account!, parts[0]!))
