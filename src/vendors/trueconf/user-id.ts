/** Returns a login without the domain of this server. Users of other servers keep theirs. */
export function toLocalId(id: string, domain: string | null): string {
  const own = `@${domain}`.toLowerCase()
  return domain !== null && id.toLowerCase().endsWith(own) ? id.slice(0, -own.length) : id
}
