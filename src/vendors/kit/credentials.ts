const credential =
  /passw|passcode|secret|token|zak|start_?url|host_?key|(?:private|api|client)_?key|(?:^|_)pin(?:_?code)?$|credential/i

/** Removes credentials from a vendor's JSON object at any depth: passwords, tokens, start URLs, keys, and PINs. */
export function removeCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(removeCredentials)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !credential.test(name))
  return Object.fromEntries(kept.map(([name, child]) => [name, removeCredentials(child)]))
}
