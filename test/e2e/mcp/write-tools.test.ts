import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import { startTools, type ToolServer } from './tool-server.ts'

let tools: ToolServer
beforeAll(async () => {
  tools = await startTools()
})
afterAll(() => tools.close())

const getSandbox = (account: string): Sandbox => tools[account as 'zoom' | 'trueconf' | 'central']
const countCreated = (account: string): number =>
  getSandbox(account).effects.filter(({ kind }) => kind.startsWith('create')).length

const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
const schedule = { oneTime: { startsAt: tomorrow, durationMinutes: 30, timeZone: 'Europe/Berlin' } }
const weekly = {
  recurring: { startsAt: tomorrow, durationMinutes: 30, timeZone: 'Europe/Berlin', rrule: 'FREQ=WEEKLY' },
}

/** Returns arguments of `create_conference` that the vendor of the account supports. */
async function createArguments(account: string): Promise<Record<string, unknown>> {
  const input = { idempotencyKey: randomUUID(), account, title: `Planning ${randomUUID().slice(0, 8)}` }
  if (account === 'central') return { ...input, description: 'What we plan' }
  const { data } = await tools.call('list_users', { accounts: [account], first: 1 })
  return { ...input, owner: { id: data.users.nodes[0].id }, schedule }
}

async function create(account: string): Promise<string> {
  const { data } = await tools.call('create_conference', await createArguments(account))
  return data.createConference.conference.id
}

describe.each(['zoom', 'trueconf', 'central'])('create_conference in %s', (account) => {
  test('executes the same call once, also if both are sent at the same time', async () => {
    const input = await createArguments(account)
    const before = countCreated(account)
    const both = await Promise.all([tools.call('create_conference', input), tools.call('create_conference', input)])
    const again = await tools.call('create_conference', input)
    const payloads = [...both, again].map(({ data }) => data.createConference)
    for (const payload of payloads)
      expect(payload).toMatchObject({ outcome: 'SUCCEEDED', problems: [], conference: { title: input['title'] } })
    expect(payloads.map(({ replayed }) => replayed).toSorted()).toEqual([false, true, true])
    expect(countCreated(account)).toBe(before + 1)

    const other = await tools.call('create_conference', { ...input, title: 'Another title' })
    expect(other.isError).toBe(true)
    expect(other.texts).toEqual([
      expect.stringMatching(/^IDEMPOTENCY_KEY_REUSED: .* Nothing was done\. See `problems`\. .* Request ID: /),
    ])
    expect(countCreated(account)).toBe(before + 1)
  })

  test('reports a change whose response was lost as unknown, and get_operation settles it', async () => {
    const input = await createArguments(account)
    const before = countCreated(account)
    // A sign-in can be part of the first call.
    getSandbox(account).fault({
      match: { method: 'POST', path: /meetings|conferences|workspaces/ },
      kind: 'reset',
      apply: true,
      times: 1,
    })
    const { data, texts, isError } = await tools.call('create_conference', input)
    getSandbox(account).clearFaults()
    const { outcome, operation } = data.createConference
    expect(isError).toBe(false)
    expect(countCreated(account)).toBe(before + 1)
    if (outcome !== 'SUCCEEDED') {
      expect(outcome).toBe('UNKNOWN')
      expect(texts[0]).toMatch(/^OUTCOME_UNKNOWN: .*Call `get_operation`/)
      expect(texts[0]).toContain(operation.id)
    }
    await expect
      .poll(async () => (await tools.call('get_operation', { id: operation.id })).data.operation.outcome, {
        timeout: 90_000,
      })
      .toBe('SUCCEEDED')
    expect((await tools.call('create_conference', input)).data.createConference).toMatchObject({ replayed: true })
    expect(countCreated(account)).toBe(before + 1)
  })
})

describe.each(['zoom', 'trueconf'])('the other changes in %s', (account) => {
  test('are executed, and return what they changed', async () => {
    const conferenceId = await create(account)
    const key = () => ({ idempotencyKey: randomUUID() })
    const updated = await tools.call('update_conference', {
      ...key(),
      conferenceId,
      title: 'New title',
      schedule: weekly,
    })
    expect(updated.data.updateConference).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'New title' } })
    const read = await tools.call('get_conference', { id: conferenceId })
    expect(read.data.conference.schedule).toMatchObject({ __typename: 'RecurringSchedule', rrule: expect.any(String) })

    const ran = await tools.call('run_conference', { ...key(), conferenceId })
    expect(ran.data.runConference.outcome).toBe('SUCCEEDED')
    const { nodes } = (await tools.call('list_users', { accounts: [account], first: 5 })).data.users
    const invitee = nodes[4]
    const invited = await tools.call('invite_participant', {
      ...key(),
      conferenceId,
      user: { id: invitee.id },
    })
    expect(invited.data.inviteParticipant).toMatchObject({
      outcome: 'SUCCEEDED',
      operation: { id: expect.any(String) },
    })
    const ended = await tools.call('end_conference', { ...key(), conferenceId })
    expect(ended.data.endConference.outcome).toMatch(/^(SUCCEEDED|REJECTED)$/)
    const participantId = invited.data.inviteParticipant.participant?.id
    if (participantId) {
      const removed = await tools.call('remove_participant', { ...key(), participantId })
      expect(removed.data.removeParticipant.outcome).toMatch(/^(SUCCEEDED|REJECTED)$/)
    }
    const deleted = await tools.call('delete_conference', { ...key(), conferenceId })
    expect(deleted.data.deleteConference).toMatchObject({ outcome: 'SUCCEEDED', deletedConferenceId: conferenceId })
    const { operation } = deleted.data.deleteConference
    expect((await tools.call('get_operation', { id: operation.id })).data.operation).toMatchObject({
      mutation: 'deleteConference',
      outcome: 'SUCCEEDED',
    })
  })
})

test('rejects what the vendor does not support, without a vendor call', async () => {
  const conferenceId = await create('central')
  const calls = tools.central.ledger.length
  for (const name of ['run_conference', 'end_conference', 'delete_conference']) {
    const { isError, texts } = await tools.call(name, { idempotencyKey: randomUUID(), conferenceId })
    expect(isError).toBe(true)
    expect(texts).toEqual([
      expect.stringMatching(
        /^UNSUPPORTED_BY_VENDOR: .* Nothing was done\. See `problems`\. After the fix, use a new key\. Request ID: /,
      ),
    ])
  }
  expect(tools.central.ledger).toHaveLength(calls)
})

test.each(['zoom', 'trueconf'])(
  'rejects a conference without an owner in %s, as its description says',
  async (account) => {
    const { owner: _, ...input } = await createArguments(account)
    const { isError, data } = await tools.call('create_conference', input)
    expect(isError).toBe(true)
    expect(data.createConference.problems).toMatchObject([{ path: ['input', 'owner'] }])
  },
)

test('does nothing if an argument is wrong', async () => {
  const ledgers = () => ['zoom', 'trueconf', 'central'].map((account) => getSandbox(account).ledger.length)
  const before = ledgers()
  const input = { idempotencyKey: randomUUID(), account: 'zoom', title: 'Planning' }
  for (const wrong of [
    { account: 'zoom', title: 'Planning' },
    { ...input, idempotencyKey: 'short' },
    { ...input, colour: 'red' },
    { ...input, title: 7 },
    { ...input, title: null },
    [input],
  ])
    expect(await tools.call('create_conference', wrong)).toEqual({
      data: undefined,
      isError: true,
      texts: [expect.stringMatching(/^BAD_USER_INPUT: .*(idempotencyKey|colour|title|account)/)],
    })
  expect(ledgers()).toEqual(before)
})

test('reports a change that was not sent, and makes it when the same call is sent again', async () => {
  const input = await createArguments('trueconf')
  const { port } = new URL(tools.trueconf.url)
  await tools.trueconf.close()
  const { isError, texts, data } = await tools.call('create_conference', input)
  expect(data.createConference.outcome).toBe('NOT_SENT')
  expect(isError).toBe(true)
  expect(texts).toEqual([
    expect.stringMatching(
      /^VENDOR_UNAVAILABLE: .* Nothing was done\. The same call with the same key can be sent again\. .*Request ID: /,
    ),
  ])
  await tools.restartTrueConf(Number(port))
  await expect
    .poll(async () => (await tools.call('create_conference', input)).data.createConference.outcome)
    .toBe('SUCCEEDED')
  expect(countCreated('trueconf')).toBe(1)
})
