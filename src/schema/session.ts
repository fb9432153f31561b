import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { Session } from '../vendors/vendor-objects.ts'
import { Problem } from '../core/errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { resolveSessionField } from './unlisted.ts'
import { UserRef } from './user.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

export const SessionRef = builder.objectRef<WithAccount<Session>>('Session').implement({
  description: 'One time that a conference was held, from the start to the end.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ account, vendorId }) => encodeId('Session', account.key, vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account that the session belongs to.',
      resolve: (session) => session.account,
    }),
    vendorId: t.exposeString('vendorId', {
      nullable: false,
      description: "The vendor's ID of this session.",
    }),
    conference: t.field({
      type: ConferenceRef,
      description:
        'Conference that was held. Null if the conference no longer exists, or if the session never belonged to one, such as an instant meeting.',
      resolve: ({ account, conferenceId }, _, { loaders }) =>
        conferenceId === null ? null : loaders.loadConference(account, conferenceId),
    }),
    title: t.string({
      nullable: false,
      description:
        'Title of the conference at the time of the session. If the vendor no longer reports it, the current title. Empty if neither is known.',
      resolve: resolveTitle,
    }),
    owner: t.field({
      type: UserRef,
      description: 'User who hosted the session. Null if the vendor does not report it, or if the user was not found.',
      resolve: resolveOwner,
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When the session began. Null if the vendor does not report it.',
      resolve: resolveSessionField('startedAt'),
    }),
    endedAt: t.field({
      type: 'DateTime',
      description: 'When the session ended. Null while the session is running, or if the vendor no longer reports it.',
      resolve: resolveSessionField('endedAt'),
    }),
    durationSeconds: t.int({
      description: 'Duration in seconds. Null while the session is running, or if the vendor no longer reports it.',
      resolve: resolveSessionField('durationSeconds'),
    }),
    participantCount: t.int({
      description:
        'Number of participants that the vendor counted. Can differ from the number of people in `attendance`. Null if the vendor does not report it.',
      resolve: resolveSessionField('participantCount'),
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description:
        "The vendor's JSON object without credentials and links to files. Integers beyond ±2^53 are strings.",
      resolve: (session) => session.raw,
    }),
  }),
})

const getTitle = resolveSessionField('title')

/** Returns the title of the session. If the vendor no longer reports it, that of the conference. */
async function resolveTitle(session: WithAccount<Session>, args: object, context: Context): Promise<string> {
  const title = await nullIfUnavailable(getTitle(session, args, context))
  if (title) return title
  const { account, conferenceId } = session
  const conference = conferenceId === null ? null : await context.loaders.loadConference(account, conferenceId)
  return conference?.title ?? ''
}

/** Resolves to null if the vendor does not provide the details of a session, which the plan or the scopes can exclude. */
async function nullIfUnavailable<T>(value: T | Promise<T>): Promise<T | null> {
  try {
    return await value
  } catch (error) {
    const isUnavailable =
      error instanceof Problem && (error.code === 'VENDOR_REJECTED' || error.code === 'VENDOR_FORBIDDEN')
    if (isUnavailable) return null
    throw error
  }
}

const getOwner = resolveSessionField('owner')

async function resolveOwner(session: WithAccount<Session>, args: object, context: Context) {
  const { account } = session
  const owner = await getOwner(session, args, context)
  if (owner === null) return null
  if (owner.vendorId !== null) return context.loaders.loadUser(account, owner.vendorId)
  return (await context.loaders.loadUsersByEmail(account, owner.email!))[0] ?? null
}

registerNodeFinder('Session', ({ parts }, account, { loaders }) => loaders.loadSession(account!, parts[0]!))
