import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { ask, multipart, parse, post, problemsOf, type Reply } from './client.ts'
import type { Vendors } from './vendors.ts'

/** A write that was sent, with its reported result and its expected effect. */
export interface ReportedWrite {
  name: string
  account: string
  /** Kind of the effect, and the name of its object in the vendor's own list. */
  effect: string
  /** The outcome, or the reason why there is none. */
  outcome: string
  problems: { code: string; account: string | null }[]
}

interface Conference {
  id: string
  vendorId: string
  invited: boolean
  /** Whether the write is sent at most once, because a second one would create an object with the same name. */
  state: 'new' | 'running' | 'over'
}

interface Payload {
  outcome: string
  problems: { code: string }[]
  conference?: { id: string; vendorId: string; title: string } | null
  file?: { sha256: string } | null
}

const kinds = ['create', 'update', 'invite', 'run', 'end', 'delete'] as const
type Kind = (typeof kinds)[number]

const mutations: Record<Kind, { field: string; input: string; selection: string }> = {
  create: { field: 'createConference', input: 'CreateConferenceInput', selection: 'conference { id vendorId title }' },
  update: { field: 'updateConference', input: 'UpdateConferenceInput', selection: 'conference { id vendorId title }' },
  invite: { field: 'inviteParticipant', input: 'InviteParticipantInput', selection: 'participant { displayName }' },
  run: { field: 'runConference', input: 'RunConferenceInput', selection: 'conference { id vendorId title }' },
  end: { field: 'endConference', input: 'EndConferenceInput', selection: 'conference { id vendorId title }' },
  delete: { field: 'deleteConference', input: 'DeleteConferenceInput', selection: 'deletedConferenceId' },
}
const upload = `mutation($file: File!, $target: UploadTargetInput!, $name: String!, $key: String!) {
  uploadFile(input: { file: $file, target: $target, name: $name, idempotencyKey: $key }) {
    outcome problems { code } file { sha256 } } }`

const MiB = 1024 * 1024
const block = randomBytes(MiB)
/** Number of conferences of an account that can be changed. */
const stock = 30

/** The writes of one account. Each has an idempotency key, and a conference has at most one write at a time. */
export class WrittenAccount {
  readonly key: string
  readonly #url: string
  readonly #kinds: Kind[]
  readonly #owners: string[]
  readonly #uploadTargets: object[]
  #free: Conference[] = []
  #turn = 0
  readonly results: ReportedWrite[] = []

  private constructor(url: string, key: string, kinds: Kind[], owners: string[], uploadTargets: object[]) {
    this.#url = url
    this.key = key
    this.#kinds = kinds
    this.#owners = owners
    this.#uploadTargets = uploadTargets
  }

  static async open(url: string, vendors: Vendors, key: string): Promise<WrittenAccount> {
    const { accounts } = await ask<{ accounts: { key: string; capabilities: string[] }[] }>(
      url,
      '{ accounts { key capabilities } }',
    )
    const { capabilities } = accounts.find((account) => account.key === key)!
    const can = (capability: string): boolean => capabilities.includes(capability)
    const possible = kinds.filter((kind) =>
      can(`${kind.toUpperCase()}_${kind === 'invite' ? 'PARTICIPANT' : 'CONFERENCE'}`),
    )
    // Starting and ending a Zoom meeting without participants changes nothing.
    const changing = possible.filter((kind) => !key.startsWith('zoom') || (kind !== 'run' && kind !== 'end'))
    const owners = (await vendors.ask('truths'))[key]!.users.slice(100, 180).map(({ vendorId }) => vendorId)
    const { users } = await ask<{ users: { nodes: { id: string }[] } }>(
      url,
      'query($filter: UserFilter) { users(first: 100, filter: $filter) { nodes { id } } }',
      { filter: { accounts: [key] } },
    )
    const targets = can('UPLOAD_LIBRARY_FILE')
      ? [{ account: key }]
      : users.nodes.slice(50).map(({ id }) => ({ userId: id }))
    const account = new WrittenAccount(url, key, changing, owners, targets)
    for (let number = 0; number < stock; number++) await account.write('create')
    return account
  }

  /** Sends one write of a kind that is possible now. */
  async any(): Promise<void> {
    const draw = Math.random()
    const others = this.#kinds.filter((kind) => kind !== 'create')
    await this.write(draw < 0.4 ? 'create' : others[Math.floor(Math.random() * others.length)]!)
  }

  /** Sends one write of every kind, in a possible order. */
  everyKind(): (() => Promise<unknown>)[] {
    return [...this.#kinds.map((kind) => () => this.write(kind)), () => this.upload()]
  }

  /** Creates a conference if no existing one can be changed. */
  async write(kind: Kind): Promise<string> {
    const conference = kind === 'create' ? null : this.#take(kind)
    if (!conference && kind !== 'create') return this.write('create')
    const title = `Load ${randomUUID()}`
    const { field, input, selection } = mutations[kind]
    const query = `mutation($input: ${input}!) { ${field}(input: $input) { outcome problems { code } ${selection} } }`
    const variables = { input: { ...this.#input(kind, conference, title), idempotencyKey: randomUUID() } }
    const effect = `${field} ${kind === 'create' || kind === 'update' ? title : conference!.vendorId}`
    const reply = await post(this.#url, JSON.stringify({ query, variables }))
    const payload = this.#note(`${this.key} ${kind}`, effect, reply, field)
    if (payload?.outcome !== 'SUCCEEDED') return effect
    if (kind === 'create') this.#free.push({ ...payload.conference!, invited: false, state: 'new' })
    else if (kind !== 'delete') this.#free.push(changed(conference!, kind))
    return effect
  }

  async upload(): Promise<void> {
    const bytes = Buffer.concat([randomBytes(16), block.subarray(16)])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const target = this.#uploadTargets[this.#turn++ % this.#uploadTargets.length]!
    const name = `load-${this.#turn}.png`
    const variables = { file: null, target, name, key: randomUUID() }
    const { body, headers } = multipart({ query: upload, variables }, { name, type: 'image/png', bytes })
    const reply = await post(this.#url, body, headers)
    const payload = this.#note(`${this.key} upload`, `uploadFile ${sha256}`, reply, 'uploadFile')
    if (payload?.outcome === 'SUCCEEDED' && payload.file?.sha256 !== sha256)
      this.results.at(-1)!.outcome = 'another sha256'
  }

  #take(kind: Kind): Conference | null {
    const index = this.#free.findIndex(fit[kind])
    return index === -1 ? null : this.#free.splice(index, 1)[0]!
  }

  #input(kind: Kind, conference: Conference | null, title: string): object {
    const owner = this.#owners[this.#turn++ % this.#owners.length]!
    const isOwned = !this.key.startsWith('imeetcentral')
    if (kind === 'create') return { account: this.key, title, ...(isOwned ? { owner: { vendorId: owner } } : {}) }
    const conferenceId = conference!.id
    if (kind === 'update') return { conferenceId, title }
    if (kind === 'invite') return { conferenceId, invitee: { user: { vendorId: owner } } }
    return { conferenceId }
  }

  #note(name: string, effect: string, reply: Reply, field: string): Payload | null {
    const response = reply.failure ? null : parse(reply)
    const payload = (response?.data as Record<string, Payload> | null | undefined)?.[field] ?? null
    const problems = (payload?.problems ?? []).map(({ code }) => ({ code, account: this.key }))
    this.results.push({
      name,
      account: this.key,
      effect,
      outcome: payload?.outcome ?? reply.failure ?? `no payload, status ${reply.status}`,
      problems: response && !payload ? problemsOf(response) : problems,
    })
    return payload
  }
}

const fit: Record<Kind, (conference: Conference) => boolean> = {
  create: () => false,
  // TrueConf rejects a new title for a running conference.
  update: ({ state }) => state !== 'running',
  invite: ({ invited, state }) => !invited && state !== 'running',
  run: ({ state }) => state === 'new',
  end: ({ state }) => state === 'running',
  delete: ({ state }) => state !== 'running',
}

function changed(conference: Conference, kind: Kind): Conference {
  if (kind === 'invite') return { ...conference, invited: true }
  if (kind === 'run') return { ...conference, state: 'running' }
  return kind === 'end' ? { ...conference, state: 'over' } : conference
}

/** Lists the effects as they are named in the vendors' own lists. */
export function effectName({ kind, id, detail }: { kind: string; id: string; detail?: unknown }): string {
  const { topic, workspaceName, sha256 } = (detail ?? {}) as { topic?: string; workspaceName?: string; sha256?: string }
  return `${kind} ${sha256 ?? topic ?? workspaceName ?? id}`
}

/** Lists the differences between the reported results and the effects at the vendors. */
export function discrepancies(results: readonly ReportedWrite[], effects: ReadonlyMap<string, number>): string[] {
  const left = new Map(effects)
  const wrong = results.flatMap(({ name, account, effect, outcome }) => {
    const key = `${account} ${effect}`
    const done = left.get(key) ?? 0
    left.delete(key)
    const fits = outcome === 'SUCCEEDED' ? done === 1 : outcome === 'UNKNOWN' ? done <= 1 : done === 0
    return fits ? [] : [`${name}: reported "${outcome}", ${done} effects`]
  })
  const kindsAsked = new Set(['uploadFile', ...Object.values(mutations).map(({ field }) => field)])
  const unasked = [...left.keys()].filter((key) => kindsAsked.has(key.split(' ')[1]!))
  return [...wrong, ...unasked.map(() => 'an effect that nobody asked for')]
}
