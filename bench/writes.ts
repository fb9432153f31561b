import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { person } from '../src/sandbox/people.ts'
import type { Sandbox } from '../src/sandbox/kit.ts'
import { multipart, post, type Reply } from './client.ts'

const trueconf = 'trueconf'
const imeetcentral = 'imeetcentral'
const create = `mutation($input: CreateConferenceInput!) { createConference(input: $input) {
  outcome problems { code } conference { vendorId } } }`
const upload = `mutation($file: File!, $target: UploadTargetInput!, $key: String!) {
  uploadFile(input: { file: $file, target: $target, idempotencyKey: $key }) {
    outcome problems { code } file { sha256 size vendorId } } }`

interface Payload {
  outcome: string
  problems: { code: string }[]
  conference?: { vendorId: string } | null
  file?: { sha256: string } | null
}

/** Writes with what was told of each, to be held against what the vendors did. */
export class Writes {
  readonly #url: string
  readonly #sandboxes: Record<string, Sandbox>
  readonly #outcomes = new Map<string, number>()
  /** Vendor ids that were told as created. */
  readonly #created: string[] = []
  #files = Array.from({ length: 8 }, () => randomBytes(1024 * 1024))

  constructor(url: string, sandboxes: Record<string, Sandbox>) {
    this.#url = url
    this.#sandboxes = sandboxes
  }

  /** Whether the schema has the two mutations yet. */
  async known(): Promise<boolean> {
    const reply = await post(this.#url, '{"query":"{ __type(name: \\"Mutation\\") { fields { name } } }"}')
    return /createConference[\s\S]*uploadFile/.test(JSON.stringify(reply.json))
  }

  /** Null where all is well, else why it counts as lost. */
  async create(): Promise<string | null> {
    const owner = { email: person(1000 + Math.floor(Math.random() * 200)).email }
    const input = { account: trueconf, title: `Load ${randomUUID()}`, owner, idempotencyKey: randomUUID() }
    const reply = await post(this.#url, JSON.stringify({ query: create, variables: { input } }))
    const payload = this.#payload(reply, 'createConference')
    if (typeof payload === 'string') return payload
    if (payload.outcome === 'SUCCEEDED') this.#created.push(payload.conference!.vendorId)
    return wrong(payload)
  }

  async upload(): Promise<string | null> {
    const file = this.#files[Math.floor(Math.random() * this.#files.length)]!
    const variables = { file: null, target: { account: imeetcentral }, key: randomUUID() }
    const { body, type } = multipart(upload, variables, file)
    const reply = await post(this.#url, body, { 'content-type': type, 'x-parley-csrf': '1' })
    const payload = this.#payload(reply, 'uploadFile')
    if (typeof payload === 'string') return payload
    const sha256 = createHash('sha256').update(file).digest('hex')
    if (payload.outcome === 'SUCCEEDED' && payload.file?.sha256 !== sha256) return 'another sha256'
    return wrong(payload)
  }

  /** What does not fit between what was told and what was done: created twice, not at all, or unknown to its caller. */
  discrepancies(): string[] {
    const effects = this.#sandboxes[trueconf]!.effects.filter(({ kind }) => kind === 'createConference')
    const done = Map.groupBy(effects, ({ id }) => id)
    const told = new Set(this.#created)
    const wrongly = this.#created.filter((id) => done.get(id)?.length !== 1)
    const untold = [...done.keys()].filter((id) => !told.has(id)).length
    const unknown = this.#outcomes.get('createConference UNKNOWN') ?? 0
    return [
      ...wrongly.map((id) => `SUCCEEDED, ${done.get(id)?.length ?? 0} effects`),
      ...Array<string>(Math.max(0, untold - unknown)).fill('an effect that nobody was told of'),
    ]
  }

  /** How many ended how. */
  outcomes(): Record<string, number> {
    return Object.fromEntries(this.#outcomes)
  }

  #payload(reply: Reply, field: string): Payload | string {
    if (reply.failure) return reply.failure
    if (!reply.json) return 'not JSON'
    const payload = (reply.json.data as Record<string, Payload> | null | undefined)?.[field]
    if (!payload) return `no payload: ${reply.json.errors?.map(({ extensions }) => extensions?.code).join(' ')}`
    const name = `${field} ${payload.outcome}`
    this.#outcomes.set(name, (this.#outcomes.get(name) ?? 0) + 1)
    return payload
  }
}

/** Faults meet reads only, so that every write has to succeed. */
function wrong({ outcome, problems }: Payload): string | null {
  return outcome === 'SUCCEEDED' && problems.length === 0
    ? null
    : `${outcome} ${problems.map(({ code }) => code).join(' ')}`
}
