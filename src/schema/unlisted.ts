import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { Conference, User } from '../vendors/vendor.ts'

/**
 * Makes the resolver of a user's field that a list can leave out. Such a field is looked up when it is asked for, so that a
 * user has the same value in a list and by ID. If the user is gone by then, the list's value stays.
 */
export function resolveUserField<K extends keyof User>(name: K) {
  return (user: WithAccount<User>, _: object, { loaders }: Context): User[K] | Promise<User[K]> => {
    if (!user.unlisted?.has(name)) return user[name]
    return loaders.wholeUser(user.account, user.vendorId).then((whole) => (whole ?? user)[name])
  }
}

/** The same for a field of a conference. */
export function resolveConferenceField<K extends keyof Conference>(name: K) {
  return (
    conference: WithAccount<Conference>,
    _: object,
    { loaders }: Context,
  ): Conference[K] | Promise<Conference[K]> => {
    if (!conference.unlisted?.has(name)) return conference[name]
    return loaders.loadConference(conference.account, conference.vendorId).then((whole) => (whole ?? conference)[name])
  }
}
