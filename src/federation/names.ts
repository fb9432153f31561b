export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])

/** Types that all subgraphs of a supergraph share, besides the root types and scalars. Their names have no prefix. */
export const sharedTypes: ReadonlySet<string> = new Set(['Node', 'PageInfo'])

/** Names of a subgraph. With the prefix `Meeting`, a type `X` is named `MeetingX`, and a root field `x` is named `meetingX`. */
export class SubgraphNames {
  readonly #typePrefix: string
  readonly #fieldPrefix: string

  /** @param prefix Begins with a capital letter. Empty if names do not change. */
  constructor(prefix: string) {
    this.#typePrefix = prefix
    this.#fieldPrefix = prefix.slice(0, 1).toLowerCase() + prefix.slice(1)
  }

  get isPrefixed(): boolean {
    return this.#typePrefix !== ''
  }

  /** Returns the name of a type that is not a scalar. */
  formatType(name: string): string {
    return rootTypes.has(name) || sharedTypes.has(name) ? name : this.#typePrefix + name
  }

  /** Returns the name of a type without the prefix. Null if the name does not have it. */
  parseType(name: string): string | null {
    return name.startsWith(this.#typePrefix) ? name.slice(this.#typePrefix.length) : null
  }

  formatRootField(name: string): string {
    return this.isPrefixed ? this.#fieldPrefix + name.slice(0, 1).toUpperCase() + name.slice(1) : name
  }

  /** Returns the name of a root field without the prefix. A name that does not have the prefix is unchanged. */
  parseRootField(name: string): string {
    if (!this.isPrefixed || !name.startsWith(this.#fieldPrefix)) return name
    const rest = name.slice(this.#fieldPrefix.length)
    return rest.slice(0, 1).toLowerCase() + rest.slice(1)
  }
}
