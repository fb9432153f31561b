/** Returns the domain of a user ID. Only its end is searched, because a domain has at most 253 characters. */
export const getDomain = (userId: string): string | null => /@([^@]+)$/.exec(userId.slice(-254))?.[1] ?? null

/** Returns a user ID without the domain of this server. IDs of users of other servers are unchanged. */
export function toLocalId(id: string, domain: string | null): string {
  const suffix = `@${domain}`.toLowerCase()
  return domain !== null && id.toLowerCase().endsWith(suffix) ? id.slice(0, -suffix.length) : id
}
