import { ask, parse, problemsOf, type Reply } from './client.ts'
import type { Truth } from './sandboxes.ts'
import type { Vendors } from './vendors.ts'

/** A read with a known result. */
export interface Read {
  body: string
  /** The expected result as JSON, created from the data of the sandboxes. */
  truth: string
  accounts: string[]
  /** Vendor calls of the read while the vendors are healthy: `account METHOD url`. */
  calls: string[]
}

export interface Reads {
  list: Read[]
  /** Lists that need many calls. */
  walk: Read[]
  node: Read[]
  two: Read[]
}

type Field = 'users' | 'conferences'
interface Slice {
  field: Field
  accounts: string[]
  ownerId?: string
  /** All items of the list. */
  items: object[]
  /** Number of pages that are read. */
  pages: number
  /** Whether a page can be short, because the vendor lists conferences by host. */
  short?: boolean
}

const fields = { users: 'vendorId email displayName', conferences: 'vendorId title' }
const picture = (truth: Truth, field: Field): object[] =>
  field === 'users' ? truth.users : truth.conferences.map(({ vendorId, title }) => ({ vendorId, title }))
const selection = (field: Field): string =>
  `nodes { ${fields[field]} } pageInfo { hasNextPage } sources { account { key } status problem { code } }`
const document = (field: Field): string =>
  `query($first: Int, $after: String, $filter: ${field === 'users' ? 'UserFilter' : 'ConferenceFilter'}) { ` +
  `${field}(first: $first, after: $after, filter: $filter) { ${selection(field)} } }`

/**
 * Reads everything once while the vendors are healthy, and records the vendor calls. The results must equal the data of
 * the sandboxes.
 */
export class ReadBook {
  readonly #url: string
  readonly #vendors: Vendors
  readonly #truths: Record<string, Truth>
  readonly reads: Reads = { list: [], walk: [], node: [], two: [] }

  private constructor(url: string, vendors: Vendors, truths: Record<string, Truth>) {
    this.#url = url
    this.#vendors = vendors
    this.#truths = truths
  }

  static async open(url: string, vendors: Vendors, accounts: readonly string[]): Promise<Reads> {
    const book = new ReadBook(url, vendors, await vendors.ask('truths'))
    await vendors.ask('watch', true)
    for (const account of accounts) await book.#readAccount(account)
    for (const account of accounts)
      for (const other of accounts) if (other !== account) await book.#readTwo(account, other)
    await book.#readAcross(['imeetcentral', 'trueconf'])
    await vendors.ask('watch', false)
    return book.reads
  }

  async #readAccount(account: string): Promise<void> {
    const truth = this.#truths[account]!
    const accounts = [account]
    await this.#walk({ field: 'users', accounts, items: truth.users, pages: 10 })
    await this.#nodes('users', account)
    const items = picture(truth, 'conferences')
    const isHosted = account === 'zoom'
    await this.#walk({ field: 'conferences', accounts, items, pages: isHosted ? 0 : 8, short: isHosted })
    await this.#nodes('conferences', account)
    if (isHosted) await this.#hosts(account, truth)
  }

  /** Lists of the conferences of single hosts, for which Zoom needs one call. */
  async #hosts(account: string, truth: Truth): Promise<void> {
    const hosts = [...new Set(truth.conferences.map(({ ownerId }) => ownerId!))].slice(0, 12)
    for (const host of hosts) {
      const { users } = await ask<{ users: { nodes: { id: string }[] } }>(
        this.#url,
        'query($filter: UserFilter) { users(filter: $filter) { nodes { id } } }',
        { filter: { accounts: [account], email: truth.users.find(({ vendorId }) => vendorId === host)!.email } },
      )
      const items = picture(
        { ...truth, conferences: truth.conferences.filter(({ ownerId }) => ownerId === host) },
        'conferences',
      )
      await this.#walk({ field: 'conferences', accounts: [account], ownerId: users.nodes[0]!.id, items, pages: 1 })
    }
  }

  async #walk(slice: Slice): Promise<void> {
    const { field, accounts, ownerId, items, pages } = slice
    const filter = { accounts, ...(ownerId === undefined ? {} : { ownerId }) }
    const query = document(field)
    let [at, after]: [number, string | null] = [0, null]
    do {
      const variables: object = { first: 20, after, filter }
      const length = slice.short ? (await this.#page(field, variables)).length : Math.min(20, items.length - at)
      const page = this.#connection(items.slice(at, at + length), at + length < items.length, accounts)
      const read = await this.#checked(query, variables, { [field]: page }, accounts)
      this.reads[slice.short ? 'walk' : 'list'].push(read)
      at += length
      after = (await this.#page(field, variables)).endCursor
    } while (at < items.length && at < pages * 20)
  }

  async #nodes(field: Field, account: string): Promise<void> {
    const items = picture(this.#truths[account]!, field)
    const { ids } = await this.#page(field, { first: 20, after: null, filter: { accounts: [account] } })
    const query = `query($id: ID!) { node(id: $id) { ... on User { ${fields.users} } ... on Conference { ${fields.conferences} } } }`
    for (const [index, id] of ids.entries())
      this.reads.node.push(await this.#checked(query, { id }, { node: items[index] }, [account]))
  }

  async #readTwo(one: string, other: string): Promise<void> {
    const half = (name: string, field: Field, account: string): string =>
      `${name}: ${field}(first: 20, filter: { accounts: ["${account}"] }) { ${selection(field)} }`
    // Lists of all hosts of Zoom are read in the row of their own.
    const field = other === 'zoom' ? 'users' : 'conferences'
    const part = (name: Field, account: string): object => {
      const items = picture(this.#truths[account]!, name)
      return this.#connection(items.slice(0, 20), items.length > 20, [account])
    }
    const query = `{ ${half('one', 'users', one)} ${half('other', field, other)} }`
    const truth = { one: part('users', one), other: part(field, other) }
    this.reads.two.push(await this.#checked(query, {}, truth, [one, other]))
  }

  /** A page that begins in one account and ends in the next one. */
  async #readAcross(accounts: readonly [string, string]): Promise<void> {
    const [first, second] = accounts.map((account) => this.#truths[account]!.users) as [object[], object[]]
    const filter = { accounts }
    let after: string | null = null
    for (let at = 0; at < first.length - 10;) {
      const size = Math.min(20, first.length - 10 - at)
      after = (await this.#page('users', { first: size, after, filter })).endCursor
      at += size
    }
    const nodes = [...first.slice(-10), ...second.slice(0, 10)]
    const truth = { users: this.#connection(nodes, true, accounts) }
    this.reads.two.push(await this.#checked(document('users'), { first: 20, after, filter }, truth, [...accounts]))
  }

  #connection(nodes: object[], hasNextPage: boolean, accounts: readonly string[]): object {
    const sources = accounts.map((key) => ({ account: { key }, status: 'OK', problem: null }))
    return { nodes, pageInfo: { hasNextPage }, sources }
  }

  async #page(field: Field, variables: object): Promise<{ ids: string[]; length: number; endCursor: string | null }> {
    const query = document(field).replace(selection(field), 'nodes { id } pageInfo { endCursor }')
    const data = await ask<Record<Field, { nodes: { id: string }[]; pageInfo: { endCursor: string | null } }>>(
      this.#url,
      query,
      variables,
    )
    const ids = data[field].nodes.map(({ id }) => id)
    return { ids, length: ids.length, endCursor: data[field].pageInfo.endCursor }
  }

  async #checked(query: string, variables: object, data: object, accounts: string[]): Promise<Read> {
    const truth = JSON.stringify({ data })
    await this.#vendors.ask('times')
    const response = JSON.stringify({ data: await ask(this.#url, query, variables) })
    if (response !== truth) throw new Error(`Not what the sandboxes have:\n${response}\n${truth}`)
    const calls = Object.entries(await this.#vendors.ask('times')).flatMap(([account, { urls, completed }]) =>
      completed.flatMap((index, place) => (place % 3 === 0 ? [`${account} ${urls[index]!}`] : [])),
    )
    return { body: JSON.stringify({ query, variables }), truth, accounts, calls }
  }
}

/**
 * Result of a read. `problem`: the result is not complete, and a problem says why. Every result besides `complete` and
 * `problem` is a loss.
 */
export type Verdict = 'right' | { problem: { code: string; account: string | null }[] } | { lost: string }

/** Compares a result with the expected one. */
export function judge({ truth }: Read, reply: Reply): Verdict {
  if (reply.failure) return { lost: reply.failure }
  if (reply.text === truth) return 'right'
  const response = parse(reply)
  if (!response) return { lost: `not JSON, status ${reply.status}` }
  const problem = problemsOf(response)
  return problem.length > 0 ? { problem } : { lost: 'wrong data' }
}
