import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { Conference, Session, User } from '../vendors/vendor-objects.ts'

/**
 * Creates the resolver of a user's field that lists can omit. If the field is selected, the whole user is fetched, so that
 * the value is the same in a list and by ID. If the user was deleted meanwhile, the value of the list is returned.
 */
export function resolveUserField<K extends keyof User>(name: K) {
  return (user: WithAccount<User>, _: object, { loaders }: Context): User[K] | Promise<User[K]> => {
    if (!user.unlisted?.has(name)) return user[name]
    return loaders.loadWholeUser(user.account, user.vendorId).then((whole) => (whole ?? user)[name])
  }
}

/** Creates the resolver of a conference's field that lists can omit, as `resolveUserField` does for users. */
export function resolveConferenceField<K extends keyof Conference>(name: K) {
  return (
    conference: WithAccount<Conference>,
    _: object,
    { loaders }: Context,
  ): Conference[K] | Promise<Conference[K]> => {
    if (!conference.unlisted?.has(name)) return conference[name]
    return loaders.loadWholeConference(conference).then((whole) => (whole ?? conference)[name])
  }
}

/** Creates the resolver of a session's field that lists can omit, as `resolveUserField` does for users. */
export function resolveSessionField<K extends keyof Session>(name: K) {
  return (session: WithAccount<Session>, _: object, { loaders }: Context): Session[K] | Promise<Session[K]> => {
    if (!session.unlisted?.has(name)) return session[name]
    return loaders.loadSession(session.account, session.vendorId).then((whole) => (whole ?? session)[name])
  }
}
