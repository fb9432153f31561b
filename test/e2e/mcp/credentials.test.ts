import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Canaries } from '../../acceptance/canaries.ts'
import { recordCredentials } from '../../acceptance/recorded-credentials.ts'
import { createCall, postMessage } from '../../mcp/stage.ts'
import { sendQuery } from '../../support/send-query.ts'
import { startTools, type ToolServer } from './tool-server.ts'

const key = 'key-of-a-caller-with-all-scopes'
const passcode = 'Pass-42*xy'
const scopes = ['read', 'write', 'credentials', 'recordings', 'explore', 'operate']

let recorded: ReturnType<typeof recordCredentials>
let tools: ToolServer
beforeAll(async () => {
  recorded = recordCredentials()
  const apiKeySha256 = createHash('sha256').update(key).digest('hex')
  tools = await startTools({ clients: [{ name: 'all', apiKeySha256, scopes }] })
})
afterAll(() => tools.close())

test('no tool returns a credential, although the caller may have it', async () => {
  const query = async (text: string, variables: object) => {
    const { data } = await sendQuery(tools.server.graphqlUrl, text, { ...variables }, key)
    return Object.values(data!)[0] as Record<string, any>
  }
  const texts: string[] = []
  const call = async (name: string, input: object) => {
    const { json } = await postMessage(`${tools.server.url}/mcp`, createCall(name, input), {
      authorization: `Bearer ${key}`,
    })
    texts.push(JSON.stringify(json))
    return json.result.structuredContent
  }

  const { users } = await call('list_users', { accounts: ['zoom'], first: 5, details: true })
  const [owner, invitee] = users.nodes
  const created = await query(
    `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { conference { id } operation { id } } }`,
    { input: { account: 'zoom', title: 'Secret', passcode, owner: { id: owner.id } } },
  )
  const conferenceId = created['conference'].id as string
  const run = await query(
    'mutation ($input: RunConferenceInput!) { runConference(input: $input) { startUrl operation { id } } }',
    { input: { conferenceId } },
  )
  const issued = await query(
    'mutation ($input: IssueUserTokenInput!) { issueUserToken(input: $input) { token operation { id } } }',
    { input: { userId: owner.id } },
  )

  await call('list_accounts', { details: true })
  await call('list_conferences', { accounts: ['zoom'], first: 100, details: true })
  await call('get_conference', { id: conferenceId })
  const target = () => ({ idempotencyKey: randomUUID(), conferenceId })
  await call('update_conference', { ...target(), title: 'Other' })
  await call('run_conference', target())
  const invited = await call('invite_participant', { ...target(), user: { id: invitee.id } })
  await call('list_participants', { conferenceId, details: true })
  await call('end_conference', target())
  const participantId = invited.inviteParticipant.participant.id
  await call('remove_participant', { idempotencyKey: randomUUID(), participantId })
  await call('delete_conference', target())
  await call('create_conference', {
    idempotencyKey: randomUUID(),
    account: 'zoom',
    title: 'Next',
    owner: { id: owner.id },
  })
  for (const { operation } of [created, run, issued]) await call('get_operation', { id: operation.id as string })

  const canaries = new Canaries()
  canaries.add('passcode', passcode)
  canaries.add('token of a user', issued['token'] as string)
  canaries.add('token in a start URL', new URL(run['startUrl'] as string).searchParams.get('zak')!)
  for (const [index, credential] of [...recorded.values()].flatMap((each) => [...each]).entries())
    for (const part of credential.split('.').slice(-1)) canaries.add(`credential ${index} of a vendor`, part)
  expect(canaries.names.size).toBeGreaterThan(3)
  expect(new Set(texts.map((text) => JSON.parse(text).result.isError)).has(undefined)).toBe(true)
  expect(canaries.findIn(texts.join('\n'))).toEqual([])
  expect(texts.join('\n')).not.toMatch(/start_?url|[?&]zak=|passcode|"password"/i)
})
