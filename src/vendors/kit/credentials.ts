/** Not the token of a page, without which a page that is cached would have no next page. */
const credential =
  /passw|passcode|secret|(?<!page_?)token|zak|start_?url|host_?key|(?:private|api|client)_?key|(?:^|_)pin(?:_?code)?$|credential/i

/** Number of names for which the result of `credential` is kept. */
const maxNames = 5_000
const isCredentialByName = new Map<string, boolean>()

function isCredential(name: string): boolean {
  const known = isCredentialByName.get(name)
  if (known !== undefined) return known
  const result = credential.test(name)
  if (isCredentialByName.size < maxNames) isCredentialByName.set(name, result)
  return result
}

/**
 * Removes credentials from a vendor's JSON object at any depth: passwords, tokens, start URLs, keys, and PINs. Does not change
 * the object. Parts without credentials are not copied.
 */
export const removeCredentials = (value: unknown): unknown => removeMembers(value, isCredential)

/** Removes members of a JSON object at any depth. Does not change the object. Parts that stay the same are not copied. */
export function removeMembers(value: unknown, isRemoved: (name: string, member: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value)
    ? removeFromList(value, isRemoved)
    : removeFromObject(value as Record<string, unknown>, isRemoved)
}

type MemberPredicate = Parameters<typeof removeMembers>[1]

function removeFromList(list: readonly unknown[], isRemoved: MemberPredicate): readonly unknown[] {
  let copy: unknown[] | null = null
  for (let index = 0; index < list.length; index++) {
    const item = removeMembers(list[index], isRemoved)
    if (item !== list[index]) (copy ??= list.slice())[index] = item
  }
  return copy ?? list
}

function removeFromObject(object: Record<string, unknown>, isRemoved: MemberPredicate): Record<string, unknown> {
  let kept: [string, unknown][] | null = null
  let index = 0
  for (const name in object) {
    const isOmitted = isRemoved(name, object[name])
    const member = isOmitted ? undefined : removeMembers(object[name], isRemoved)
    if (kept === null && (isOmitted || member !== object[name])) kept = Object.entries(object).slice(0, index)
    if (!isOmitted) kept?.push([name, member])
    index++
  }
  return kept ? Object.fromEntries(kept) : object
}
