import { toObject, toWebUrl } from '../kit/lenient.ts'

/** How long the hosts of a conference's links are taken for those of all conferences, in milliseconds. */
const ttlMs = 600_000

/** Returns the hosts of the links with which people join a conference. @param conference Raw JSON of the conference. */
export function listJoinHosts(conference: unknown): string[] {
  const { url, webclient_url } = toObject<'url' | 'webclient_url'>(conference) ?? {}
  return [url, webclient_url].flatMap((link) => {
    const text = toWebUrl(link)
    return text === null ? [] : new URL(text).host
  })
}

/**
 * Hosts of the join links of a server, as the conference that was read last reported them. They are those of the server's
 * public name, which can differ from `serverUrl`.
 */
export class JoinHosts {
  #hosts: readonly string[] = []
  #learnedAt = -Infinity

  /** @param hosts Result of `listJoinHosts`. */
  learn(hosts: readonly string[]): void {
    if (hosts.length === 0) return
    this.#hosts = hosts
    this.#learnedAt = performance.now()
  }

  /** Whether a conference can have a link with this host. True if no conference was read for 10 minutes. */
  canInclude(host: string): boolean {
    return performance.now() - this.#learnedAt >= ttlMs || this.#hosts.includes(host)
  }
}
