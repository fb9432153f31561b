import type { WithAccount } from './with-account.ts'
import type { Conference } from '../vendors/vendor.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { markAsNode, registerNodeFinder, Node } from './node.ts'
import { ScheduleUnion } from './schedule.ts'
import { resolveConferenceField } from './unlisted.ts'
import { UserRef } from './user.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const ConferenceKind = builder.enumType('ConferenceKind', {
  description: 'What kind of place it is.',
  values: {
    MEETING: { description: 'It has a time.' },
    ROOM: { description: 'A room that is always open.' },
    WORKSPACE: { description: 'A workspace, in which people share files.' },
    UNKNOWN: { description: 'The vendor says something new.' },
  } as const,
})

export const ConferenceMode = builder.enumType('ConferenceMode', {
  description: 'Who is seen and heard in a conference.',
  values: {
    ALL_ON_SCREEN: { description: 'Everybody sees everybody.' },
    VIDEO_LECTURE: { description: 'Everybody sees the presenter, who sees all.' },
    MODERATED: { description: 'Roles, given by a moderator.' },
    SMART_MEETING: { description: 'Roles, given to who speaks.' },
  } as const,
})

export const ConferenceState = builder.enumType('ConferenceState', {
  description: 'State of a conference.',
  values: {
    SCHEDULED: { description: 'It is to come.' },
    RUNNING: { description: 'It is on now.' },
    IDLE: { description: 'A room in which nobody is.' },
    ENDED: { description: 'It is over.' },
    UNKNOWN: { description: 'The vendor does not say.' },
  } as const,
})

export const ConferenceRef = builder.objectRef<WithAccount<Conference>>('Conference')

ConferenceRef.implement({
  description: 'A meeting, a virtual room or a workspace at one vendor.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: (it) => encodeId('Conference', it.account.key, it.vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: (conference) => conference.account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: "The vendor's own id." }),
    kind: t.expose('kind', { type: ConferenceKind, nullable: false, description: 'What kind of place it is.' }),
    title: t.exposeString('title', { nullable: false, description: 'Its name for people.' }),
    description: t.string({
      description: 'Description. Null if there is none.',
      resolve: resolveConferenceField('description'),
    }),
    mode: t.expose('mode', {
      type: ConferenceMode,
      description: 'Conference mode. Null if the vendor does not report it.',
    }),
    state: t.expose('state', { type: ConferenceState, nullable: false, description: 'Whether it runs.' }),
    schedule: t.field({
      type: ScheduleUnion,
      description: 'Schedule. Null if the vendor does not report it.',
      resolve: resolveConferenceField('schedule'),
    }),
    owner: t.field({
      type: UserRef,
      description: 'Owner. Null if the vendor does not report it. Parley looks up the owners of a page together.',
      resolve: ({ account, ownerId }, _, { loaders }) => (ownerId === null ? null : loaders.loadUser(account, ownerId)),
    }),
    maxParticipants: t.exposeInt('maxParticipants', {
      description: 'Number of people who can be in it at the same time. Null if the vendor does not report it.',
    }),
    allowGuests: t.boolean({
      description: 'Whether people without a vendor account can join. Null if the vendor does not report it.',
      resolve: resolveConferenceField('allowGuests'),
    }),
    tags: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Tags. Empty if the vendor does not report them.',
      resolve: (conference) => conference.tags,
    }),
    joinUrl: t.expose('joinUrl', { type: 'URL', description: "Where a participant joins. Never a host's credential." }),
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

registerNodeFinder('Conference', async ({ parts }, account, { loaders }) => {
  const conference = await loaders.loadConference(account!, parts[0]!)
  return conference && conference.vendorId === parts[0] ? markAsNode('Conference', conference) : null
})
