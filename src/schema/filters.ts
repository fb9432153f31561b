import { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type {
  Conference,
  ConferenceFilter,
  Participant,
  ParticipantStatus,
  User,
  UserFilter,
} from '../vendors/vendor.ts'
import { hasStartWithin } from './start-window.ts'

/** The accounts that a filter selects, in configuration order; none named means all. Throws BAD_USER_INPUT. */
export function selectAccounts(
  available: readonly Account[],
  keys: readonly string[] | null | undefined,
): readonly Account[] {
  if (!keys || keys.length === 0) return available
  const named = new Set(keys)
  const selected = available.filter((account) => named.has(account.key))
  if (selected.length < named.size) {
    const known = available.map((account) => account.key).join(', ')
    throw new Problem(
      'BAD_USER_INPUT',
      `"filter.accounts" names accounts that you cannot use; you can use: ${known}.`,
      {
        path: ['filter', 'accounts'],
      },
    )
  }
  return selected
}

const toComparable = (text: string): string => text.normalize('NFC').toLowerCase()

/** Throws BAD_USER_INPUT for what no name can hold. */
export function checkSearch(search: string | null | undefined): void {
  if (search == null || (search.trim() !== '' && search.length <= 200 && search.isWellFormed())) return
  const text = '"filter.search" must have 1 to 200 characters, and be Unicode throughout.'
  throw new Problem('BAD_USER_INPUT', text, { path: ['filter', 'search'] })
}

/** Whether any word of the texts begins with `search`, letter case ignored. */
function hasWordStartingWith(search: string, texts: readonly (string | null)[]): boolean {
  const wanted = toComparable(search).trim()
  return texts.some((text) => {
    if (text === null) return false
    const folded = toComparable(text)
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}\p{M}]/u.test(folded[at - 1]!)) return true
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

/** As a caller gives it: what is null or empty asks for nothing. */
type Nullable<T> = { [Name in keyof T]?: T[Name] | null | undefined }

/** More than any vendor's tags have. */
const maxTagLength = 200

/** What is asked of conferences. Throws BAD_USER_INPUT. */
export function toConferenceFilter(
  { search, state, startsFrom, startsBefore, tag }: Nullable<Omit<ConferenceFilter, 'ownerId'>>,
  ownerId: string | undefined,
): ConferenceFilter {
  checkSearch(search)
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
  const timed = startsFrom !== undefined || startsBefore !== undefined
  return (conference) => {
    if (ownerId !== undefined && conference.ownerId !== ownerId) return false
    if (state && !state.includes(conference.state)) return false
    if (tag !== undefined && !conference.tags.includes(tag)) return false
    if (search !== undefined && !hasWordStartingWith(search, [conference.title])) return false
    if (!timed) return true
    return hasStartWithin(conference, startsFrom, startsBefore)
  }
}

export function createParticipantPredicate(
  status: readonly ParticipantStatus[] | null | undefined,
): (participant: Participant) => boolean {
  return (participant) => !status || status.length === 0 || status.includes(participant.status)
}
