// Calls the tools for language models as a model does: in the first account that can run conferences, creates a conference
// for a user, runs it, invites another user, and ends it.
//
//   PARLEY_MCP_URL=… PARLEY_API_KEY=… node examples/mcp-create-and-run.ts
import { randomUUID } from 'node:crypto'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

interface Payload {
  outcome: string
  replayed: boolean
  problems: { code: string; message: string }[]
  conference?: { id: string; state?: string } | null
}

const { PARLEY_MCP_URL: url = 'http://127.0.0.1:4000/mcp', PARLEY_API_KEY: key } = process.env
const client = new Client({ name: 'create-and-run', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))

const { accounts } = await call<{ accounts: { key: string; capabilities: string[] }[] }>('list_accounts', {})
console.log(`list_accounts: ${accounts.map(({ key }) => key).join(', ')}`)
const account = accounts.find(({ key, capabilities }) => key !== 'zoom' && capabilities.includes('RUN_CONFERENCE'))
if (!account) throw new Error('No account can run conferences.')

const { users } = await call<{ users: { nodes: { id: string }[] } }>('list_users', {
  accounts: [account.key],
  first: 2,
})
const [owner, guest] = users.nodes
if (!owner || !guest) throw new Error('Two users are required.')

const creation = {
  idempotencyKey: randomUUID(),
  account: account.key,
  title: 'Planning',
  owner: { id: owner.id },
  schedule: { permanent: true },
}
const { conference } = await change('create_conference', creation)
const conferenceId = conference!.id
await change('run_conference', { idempotencyKey: randomUUID(), conferenceId })
await change('invite_participant', { idempotencyKey: randomUUID(), conferenceId, user: { id: guest.id } })
// A model that repeats a call does not create a second conference.
await change('create_conference', creation, 'create_conference again, with the same key')
await change('end_conference', { idempotencyKey: randomUUID(), conferenceId })
await client.close()

/** Calls a tool, and returns the data of its result. */
async function call<Data>(name: string, input: Record<string, unknown>): Promise<Data> {
  const { structuredContent, isError, content } = await client.callTool({ name, arguments: input })
  // The text says what a model should do.
  if (isError) throw new Error(`${name} failed: ${JSON.stringify(content)}`)
  return structuredContent as Data
}

/** Calls a tool that changes something. Its data has one payload. */
async function change(name: string, input: Record<string, unknown>, title = name): Promise<Payload> {
  const payload = Object.values(await call<Record<string, Payload>>(name, input))[0]!
  const { outcome, replayed, conference } = payload
  const parts = [outcome, name === 'run_conference' && conference?.state, replayed && 'replayed']
  console.log(`${title}: ${parts.filter(Boolean).join(', ')}`)
  return payload
}
