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
export function removeCredentials(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? removeFromList(value) : removeFromObject(value as Record<string, unknown>)
}

function removeFromList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | null = null
  for (let index = 0; index < list.length; index++) {
    const item = removeCredentials(list[index])
    if (item !== list[index]) (copy ??= list.slice())[index] = item
  }
  return copy ?? list
}

function removeFromObject(object: Record<string, unknown>): Record<string, unknown> {
  let kept: [string, unknown][] | null = null
  let index = 0
  for (const name in object) {
    const isRemoved = isCredential(name)
    const member = isRemoved ? undefined : removeCredentials(object[name])
    if (kept === null && (isRemoved || member !== object[name])) kept = Object.entries(object).slice(0, index)
    if (!isRemoved) kept?.push([name, member])
    index++
  }
  return kept ? Object.fromEntries(kept) : object
}
