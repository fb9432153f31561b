import { rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createDataFolder } from './open.ts'
import { serve } from './server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

let folder: string
beforeEach(() => {
  folder = createDataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

type Account = Record<string, Record<string, unknown>>

async function start(accounts: Account, limits: object = {}) {
  const server = await serve(accounts, limits, folder)
  const sendQuery = async (query: string, variables: object = {}): Promise<any> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
    return response.json()
  }
  const messages = () => server.log().match(/"msg":"[^"]*"/g) ?? []
  return { sendQuery, messages, log: () => server.log(), close: () => server.stopOnly() }
}

async function startTrueConf() {
  const sandbox = await startSandbox('trueconf')
  onTestFinished(() => sandbox.close())
  return { sandbox, accounts: { trueconf: sandbox.account } as unknown as Account }
}

const creating = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { outcome replayed problems { code retryable } operation { id } conference { id } }
}`
const finding = 'query ($id: ID!) { operation(id: $id) { outcome } }'
const input = (idempotencyKey: string, more: object = {}) => ({
  input: { account: 'trueconf', title: 'Board', owner: { vendorId: 'helen' }, idempotencyKey, ...more },
})

/** Runs statements on the file of the store, as another program does. */
function runStatements(statements: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(folder, 'operations.sqlite'))
  try {
    return database.prepare(statements).all()
  } finally {
    database.close()
  }
}

test('fails with STORE_UNAVAILABLE for a damaged record, logs it once, and serves all others', async () => {
  const { sandbox, accounts } = await startTrueConf()
  const { sendQuery, messages, log, close } = await start(accounts)
  const [one, two] = [await sendQuery(creating, input('one')), await sendQuery(creating, input('two'))].map(
    ({ data }) => data.createConference,
  )
  runStatements(`UPDATE operation SET record = x'ff0f6f220568656c6c6f' WHERE key = 'one'`)
  for (let times = 0; times < 2; times++) {
    expect(await sendQuery(finding, { id: one.operation.id })).toMatchObject({
      errors: [{ extensions: { code: 'STORE_UNAVAILABLE', retryable: true } }],
    })
    expect((await sendQuery(creating, input('one'))).data.createConference).toMatchObject({
      outcome: 'NOT_SENT',
      problems: [{ code: 'STORE_UNAVAILABLE' }],
    })
    expect(await sendQuery(finding, { id: two.operation.id })).toMatchObject({
      data: { operation: { outcome: 'SUCCEEDED' } },
    })
    expect((await sendQuery(creating, input('two'))).data.createConference).toMatchObject({ replayed: true })
  }
  expect(sandbox.effects).toHaveLength(2)
  const unreadable = messages().filter((message) => /unreadable|defect|store failed/.test(message))
  expect(unreadable).toEqual(['"msg":"operation record unreadable"'])
  const lines = log().split('\n')
  const line = lines.find((text) => text.includes('"msg":"operation record unreadable"'))!
  expect(JSON.parse(line)).toMatchObject({ operationId: one.operation.id })
  await close()
})

test('logs a store that was emptied between two starts but not a new one', async () => {
  const { accounts } = await startTrueConf()
  const first = await start(accounts)
  expect((await first.sendQuery(creating, input('one'))).data.createConference.outcome).toBe('SUCCEEDED')
  await first.close()
  truncateSync(join(folder, 'operations.sqlite'), 0)
  const second = await start(accounts)
  expect((await second.sendQuery(creating, input('two'))).data.createConference.outcome).toBe('SUCCEEDED')
  await second.close()
  const emptied = '"msg":"operation store emptied"'
  expect(first.messages()).not.toContain(emptied)
  expect(second.messages().filter((message) => message === emptied)).toHaveLength(1)
})

test('rejects the mutations of a caller over its configured share and serves its reads', async () => {
  const { sandbox, accounts } = await startTrueConf()
  const { sendQuery, messages, close } = await start(accounts, { callerStoreBytes: 10_000 })
  const outcomes: string[] = []
  for (let index = 0; index < 12; index++) {
    const payload = (await sendQuery(creating, input(`key-${index}`, { description: 'x'.repeat(1_500) }))).data
      .createConference
    outcomes.push(payload.outcome)
    if (payload.outcome === 'NOT_SENT')
      expect(payload.problems).toEqual([{ code: 'STORE_QUOTA_EXCEEDED', retryable: true }])
  }
  expect(outcomes).toContain('SUCCEEDED')
  expect(outcomes.at(-1)).toBe('NOT_SENT')
  expect(sandbox.effects).toHaveLength(outcomes.filter((outcome) => outcome === 'SUCCEEDED').length)
  expect((await sendQuery('{ users(first: 1) { nodes { id } } }')).data.users.nodes).toHaveLength(1)
  expect(messages().join()).not.toMatch(/internal error|store failed/)
  await close()
})

test("stores at most 64 KiB of a vendor's object, without the raw object and with truncated texts", async () => {
  const sandbox = await startSandbox('zoom')
  onTestFinished(() => sandbox.close())
  const meeting = [...sandbox.data.meetings.values()].find(({ type, live }) => type === 2 && !live)!
  meeting.agenda = 'long '.repeat(200_000)
  const { sendQuery, close } = await start({ zoom: sandbox.account } as unknown as Account)
  const { data } = await sendQuery(
    `{ conferences(first: 100, filter: { accounts: ["zoom"] }) { nodes { id vendorId } } }`,
  )
  const { id } = data.conferences.nodes.find(({ vendorId }: any) => vendorId === String(meeting.id))
  const updating = `mutation ($input: UpdateConferenceInput!) {
    updateConference(input: $input) { outcome replayed conference { id title description raw } } }`
  const update = async () =>
    (await sendQuery(updating, { input: { conferenceId: id, title: 'Moved', idempotencyKey: 'key' } })).data
      .updateConference
  const description = meeting.agenda.trim()
  expect(await update()).toMatchObject({
    outcome: 'SUCCEEDED',
    replayed: false,
    conference: { id, title: 'Moved', raw: { topic: 'Moved' } },
  })
  expect(await update()).toEqual({
    outcome: 'SUCCEEDED',
    replayed: true,
    conference: { id, title: 'Moved', description: `${description.slice(0, 499)}…`, raw: {} },
  })
  const [row] = runStatements('SELECT max(length(record)) AS size FROM operation')
  expect(row!['size']).toBeLessThanOrEqual(64 * 1024)
  await close()
})
