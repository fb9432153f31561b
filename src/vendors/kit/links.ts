import { removeMembers } from './credentials.ts'

const linkName = /(?:^|_)(?:url|link|href)s?$|[a-z](?:Url|Link)s?$/

/** Removes links from a vendor's JSON object at any depth. Does not change the object. */
export const removeLinks = (value: unknown): unknown =>
  removeMembers(value, (name, member) => linkName.test(name) || (typeof member === 'string' && isLink(member)))

const isLink = (text: string): boolean => /^\s*https?:/i.test(text)

/** Names of query parameters that contain the passcode of a recording. */
const passcodeParameter = /^(?:pwd|pass\w*)$/i

/** Removes a passcode from the query of a URL. */
export function removePasscode(url: string): string {
  const parsed = new URL(url)
  const names = [...parsed.searchParams.keys()].filter((name) => passcodeParameter.test(name))
  if (names.length === 0) return url
  for (const name of names) parsed.searchParams.delete(name)
  return parsed.href
}
