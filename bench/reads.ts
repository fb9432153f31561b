import { createHash } from 'node:crypto'
import { person } from '../src/sandbox/people.ts'
import { post, type Reply } from './client.ts'

/** A read whose right answer is known. */
export interface Read {
  body: string
  /** Of its `data`. */
  digest: string
  /** Vendor calls that it takes where nothing fails. */
  calls: number
}

export interface Reads {
  list(): Read
  node(): Read
  two(): Read
}

const connection = 'nodes { id email displayName } sources { status problem { code } }'
const pages = 10
/** iMeet Central allows four calls at a time; the others get more of the load. */
const weightOf = (account: string): number => (account === 'imeetcentral' ? 1 : 6)

/**
 * Asks everything once in calm, twice so that calls are counted with what the server has learnt, and checks that the
 * people who come out are those that the sandboxes were seeded with: the truth that answers under load must equal.
 */
export async function prepareReads(url: string, accounts: readonly string[], calls: () => number): Promise<Reads> {
  const calm = async (query: string, variables: object = {}): Promise<Read & { data: Record<string, never> }> => {
    const body = JSON.stringify({ query, variables })
    await post(url, body)
    const before = calls()
    const reply = await post(url, body)
    const data = reply.json?.data as Record<string, never> | undefined
    if (!data || reply.json?.errors) throw new Error(`in calm: ${JSON.stringify(reply)}`)
    checkPeople(data)
    return { body, digest: digestOf(data), calls: calls() - before, data }
  }
  const lists = new Map<string, Read[]>()
  const nodes = new Map<string, Read[]>()
  const two: Read[] = []
  for (const account of accounts) {
    const [listed, ids] = await walk(account, calm)
    lists.set(account, listed)
    const one = 'query($id: ID!) { node(id: $id) { id ... on User { email displayName } } }'
    const single: Read[] = []
    for (const id of ids.slice(0, 60)) single.push(await calm(one, { id }))
    nodes.set(account, single)
    const other = accounts[(accounts.indexOf(account) + 1) % accounts.length]!
    const half = (name: string, key: string): string =>
      `${name}: users(first: 10, filter: { accounts: ["${key}"] }) { ${connection} }`
    two.push(await calm(`{ ${half('one', account)} ${half('other', other)} }`))
  }
  const weighted = accounts.flatMap((account) => Array<string>(weightOf(account)).fill(account))
  const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!
  return {
    list: () => pick(lists.get(pick(weighted))!),
    node: () => pick(nodes.get(pick(weighted))!),
    two: () => pick(two),
  }
}

/** The first pages of an account's users, and their ids. */
async function walk(
  account: string,
  calm: (query: string, variables: object) => Promise<Read & { data: object }>,
): Promise<[Read[], string[]]> {
  const query = `query($after: String) { users(first: 20, after: $after, filter: { accounts: ["${account}"] }) {
    pageInfo { endCursor hasNextPage } ${connection} } }`
  const reads: Read[] = []
  const ids: string[] = []
  for (let after: string | null = null; reads.length < pages;) {
    const read = await calm(query, { after })
    const { users } = read.data as { users: { nodes: { id: string }[]; pageInfo: PageInfo } }
    reads.push(read)
    ids.push(...users.nodes.map(({ id }) => id))
    if (!users.pageInfo.hasNextPage) break
    after = users.pageInfo.endCursor
  }
  return [reads, ids]
}

interface PageInfo {
  endCursor: string | null
  hasNextPage: boolean
}

/** How a read's answer stands to the truth: `unanswered` is what a vendor's fault explains. */
export function judge({ digest }: Read, reply: Reply, faulty: boolean): 'right' | 'unanswered' | string {
  if (reply.failure) return reply.failure
  if (!reply.json) return 'not JSON'
  if (reply.json.data && !reply.json.errors && digestOf(reply.json.data) === digest) return 'right'
  const codes = codesOf(reply)
  if (codes.length === 0) return 'wrong data'
  return faulty && codes.every((code) => code.startsWith('VENDOR_')) ? 'unanswered' : codes.join(' ')
}

/** The codes of an answer's errors and of the problems of its sources. */
export function codesOf({ json }: Reply): string[] {
  const errors = json?.errors?.map(({ extensions }) => extensions?.code ?? 'no code') ?? []
  const problems = [...JSON.stringify(json?.data ?? null).matchAll(/"problem":\{"code":"(\w+)"/g)].map(
    ([, code]) => code!,
  )
  return [...errors, ...problems]
}

const digestOf = (data: unknown): string => createHash('sha256').update(JSON.stringify(data)).digest('base64url')

/** The number in a seeded address says who it must be. */
function checkPeople(data: object): void {
  for (const [, email = '', number] of JSON.stringify(data).matchAll(/"email":"([a-z]+\.(\d+)@example\.com)"/g)) {
    if (person(Number(number)).email !== email) throw new Error(`${email} is nobody`)
  }
}
