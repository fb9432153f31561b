/** Returns a user ID without the domain of this server. IDs of users of other servers are unchanged. */
export function toLocalId(id: string, domain: string | null): string {
  const suffix = `@${domain}`.toLowerCase()
  return domain !== null && id.toLowerCase().endsWith(suffix) ? id.slice(0, -suffix.length) : id
}
