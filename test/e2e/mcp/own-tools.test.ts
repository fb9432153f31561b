import { randomUUID } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startMcpStage, type McpStage } from '../../mcp/stage.ts'
import { DocumentFolder } from '../documents/stage.ts'

const findPeople = `# Comments and other files are not part of the tool.
"Finds people."
query find_people(
  "Number of people."
  $first: Int = 3
  $more: Boolean = false
) {
  found: users(first: $first, filter: { accounts: ["trueconf"] }) {
    people: nodes { ...Person email @include(if: $more) ... on Node { key: id } }
  }
}
fragment Person on User { label: displayName account { ...Home } }
fragment Home on Account { key }
`

const planMeeting = `"Creates a room."
mutation plan_meeting($key: String!, $title: String!, $guests: Boolean = true) {
  made: createConference(input: {
    idempotencyKey: $key, account: "trueconf", title: $title, owner: { vendorId: "helen" },
    schedule: { permanent: true }, allowGuests: $guests
  }) { result: outcome room: conference { ...Room } problems { kind } }
}
fragment Room on Conference { name: title }
`

let folder: DocumentFolder
let stage: McpStage
let client: Client

beforeAll(async () => {
  folder = new DocumentFolder()
  folder.write({
    'people/find.graphql': findPeople,
    'rooms/of/trueconf.graphql': planMeeting,
    'notes.json': '{ "not": "read" }',
    '.drafts/broken.graphql': '{',
  })
  stage = await startMcpStage({ mcp: { tools: [folder.path] } })
  client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(new StreamableHTTPClientTransport(new URL(stage.url)))
})
afterAll(async () => {
  await client?.close()
  await stage?.close()
  folder?.remove()
})

const listOwnTools = async () => {
  const builtin = /^(get|list|create|delete|end|invite|remove|run|update)_/
  const { tools } = await client.listTools()
  return tools.filter(({ name }) => !builtin.test(name))
}

test('[M13] lists own tools with the built-in ones, sorted by name', async () => {
  const { tools } = await client.listTools()
  const names = tools.map(({ name }) => name)
  expect(names).toHaveLength(15)
  expect(names).toEqual(names.toSorted())
  expect(await listOwnTools()).toMatchObject([
    {
      name: 'find_people',
      description: 'Finds people.',
      annotations: { readOnlyHint: true },
      inputSchema: {
        properties: { first: { description: 'Number of people.', default: 3 }, more: { default: false } },
      },
    },
    {
      name: 'plan_meeting',
      annotations: { readOnlyHint: false, destructiveHint: false },
      inputSchema: { required: ['key', 'title'] },
    },
  ])
})

// The client rejects a result that does not match the output schema.
test('[M13] runs a query with fragments, aliases, and defaults', async () => {
  const { structuredContent } = await client.callTool({ name: 'find_people', arguments: {} })
  const { people } = (structuredContent as any).found
  expect(people).toHaveLength(3)
  expect(people[0]).toEqual({ label: expect.any(String), account: { key: 'trueconf' }, key: expect.any(String) })
  const more = await client.callTool({ name: 'find_people', arguments: { first: 1, more: true } })
  expect((more.structuredContent as any).found.people).toEqual([{ ...people[0], email: expect.any(String) }])
})

test('[M13] runs a mutation once for each key, and returns the outcome that the document does not select', async () => {
  const { effects } = stage.sandboxes.running['trueconf']!
  const before = effects.length
  const call = { name: 'plan_meeting', arguments: { key: randomUUID(), title: 'Planning' } }
  const first = await client.callTool(call)
  const second = await client.callTool(call)
  const made = {
    result: 'SUCCEEDED',
    outcome: 'SUCCEEDED',
    room: { name: 'Planning' },
    problems: [],
    operation: { id: expect.any(String) },
  }
  expect(first.structuredContent).toEqual({ made: { ...made, replayed: false } })
  expect(second.structuredContent).toEqual({ made: { ...made, replayed: true } })
  expect(effects).toHaveLength(before + 1)
  const rejected = await client.callTool({ ...call, arguments: { ...call.arguments, title: 'Another' } })
  expect(rejected.isError).toBe(true)
  expect(rejected.content[0]).toMatchObject({ text: expect.stringMatching(/^IDEMPOTENCY_KEY_REUSED: /) })
  const withoutKey = await client.callTool({ name: 'plan_meeting', arguments: { title: 'Planning' } })
  expect(withoutKey.isError).toBe(true)
  expect(effects).toHaveLength(before + 1)
})

test('[M13] uses changed files without a restart, and keeps the last valid tools if there is an error', async () => {
  const logged = (msg: string): number => stage.log.filter((line) => line.msg === msg).length
  folder.write({ 'people/find.graphql': findPeople.replace('Finds people.', 'Finds some people.') })
  await vi.waitFor(async () => expect((await listOwnTools())[0]!.description).toBe('Finds some people.'))
  folder.write({ 'people/more.graphql': findPeople })
  await vi.waitFor(() => expect(logged('tools rejected')).toBe(1))
  expect(await listOwnTools()).toHaveLength(2)
  renameSync(folder.path, `${folder.path}-away`)
  await vi.waitFor(() => expect(logged('tools rejected')).toBe(2))
  expect((await client.callTool({ name: 'find_people', arguments: {} })).isError).toBeFalsy()
  renameSync(`${folder.path}-away`, folder.path)
  rmSync(`${folder.path}/people`, { recursive: true })
  await vi.waitFor(async () => expect((await listOwnTools()).map(({ name }) => name)).toEqual(['plan_meeting']))
  await expect(client.callTool({ name: 'find_people', arguments: {} })).rejects.toMatchObject({ code: -32_602 })
})
