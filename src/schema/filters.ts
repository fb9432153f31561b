import { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type { ConferenceFilter, UserFilter } from '../vendors/vendor-inputs.ts'
import type { Conference, Participant, ParticipantStatus, User } from '../vendors/vendor-objects.ts'
import { findStart } from './start-window.ts'

/**
 * Returns the accounts that a filter selects, in configuration order.
 *
 * @param keys Keys in the filter. If null, undefined, or empty, all available accounts.
 * @throws BAD_USER_INPUT if an account is not available.
 */
export function selectAccounts(
  available: readonly Account[],
  keys: readonly string[] | null | undefined,
): readonly Account[] {
  if (!keys || keys.length === 0) return available
  const keySet = new Set(keys)
  const selected = available.filter((account) => keySet.has(account.key))
  if (selected.length < keySet.size) {
    const availableKeys = available.map((account) => account.key).join(', ')
    throw new Problem(
      'BAD_USER_INPUT',
      `"filter.accounts" contains accounts that you do not have access to. Available accounts: ${availableKeys}.`,
      {
        path: ['filter', 'accounts'],
      },
    )
  }
  return selected
}

const toComparable = (text: string): string => text.normalize('NFC').toLowerCase()

/**
 * Checks the search text of a filter.
 *
 * @throws BAD_USER_INPUT if no name can contain the text.
 */
export function validateSearch(search: string | null | undefined): void {
  if (search == null || (search.trim() !== '' && search.length <= 200 && search.isWellFormed())) return
  const text = '"filter.search" must have 1 to 200 characters, at least one of them visible, and be valid Unicode.'
  throw new Problem('BAD_USER_INPUT', text, { path: ['filter', 'search'] })
}

/** Whether `search` is at the beginning of a word in one of the texts, ignoring case. */
function hasWordStartingWith(search: string, texts: readonly (string | null)[]): boolean {
  const prefix = toComparable(search).trim()
  return texts.some((text) => {
    if (text === null) return false
    const comparable = toComparable(text)
    for (let index = comparable.indexOf(prefix); index >= 0; index = comparable.indexOf(prefix, index + 1)) {
      if (index === 0 || !/[\p{L}\p{N}\p{M}]/u.test(comparable[index - 1]!)) return true
    }
    return false
  })
}

export function createUserPredicate(filter: UserFilter): (user: User) => boolean {
  const email = filter.email?.toLowerCase()
  return (user) =>
    (email === undefined || user.email?.toLowerCase() === email) &&
    (!filter.status || filter.status.includes(user.status)) &&
    (filter.search === undefined ||
      hasWordStartingWith(filter.search, [user.displayName, user.givenName, user.familyName, user.email]))
}

/** Filter as the caller sends it. A null or empty member has no effect. */
type Nullable<T> = { [Name in keyof T]?: T[Name] | null | undefined }

/** In characters. Longer than the tags of any vendor. */
const maxTagLength = 200

/**
 * Validates the conditions of a filter, and omits those without an effect.
 *
 * @param ownerId Vendor ID of the owner.
 * @throws BAD_USER_INPUT
 */
export function toConferenceFilter(
  { search, state, startsFrom, startsBefore, tag }: Nullable<Omit<ConferenceFilter, 'ownerId'>>,
  ownerId: string | undefined,
): ConferenceFilter {
  validateSearch(search)
  if (tag != null && tag.length > maxTagLength)
    throw new Problem('BAD_USER_INPUT', `"filter.tag" must have at most ${maxTagLength} characters.`, {
      path: ['filter', 'tag'],
    })
  if (startsFrom && startsBefore && startsFrom >= startsBefore)
    throw new Problem('BAD_USER_INPUT', '"filter.startsFrom" must be earlier than "filter.startsBefore".', {
      path: ['filter', 'startsFrom'],
    })
  return {
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(search == null ? {} : { search }),
    ...(state == null || state.length === 0 ? {} : { state }),
    ...(startsFrom == null ? {} : { startsFrom }),
    ...(startsBefore == null ? {} : { startsBefore }),
    ...(tag == null || tag === '' ? {} : { tag }),
  }
}

export function createConferencePredicate(filter: ConferenceFilter): (conference: Conference) => boolean {
  const { ownerId, search, state, startsFrom, startsBefore, tag } = filter
  const hasTimes = startsFrom !== undefined || startsBefore !== undefined
  return (conference) => {
    if (ownerId !== undefined && conference.ownerId !== ownerId) return false
    if (state && !state.includes(conference.state)) return false
    if (tag !== undefined && !conference.tags.includes(tag)) return false
    if (search !== undefined && !hasWordStartingWith(search, [conference.title])) return false
    if (!hasTimes) return true
    return findStart(conference, { startsFrom, startsBefore }) !== null
  }
}

export function createParticipantPredicate(
  status: readonly ParticipantStatus[] | null | undefined,
): (participant: Participant) => boolean {
  return (participant) => !status || status.length === 0 || status.includes(participant.status)
}
