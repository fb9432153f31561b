import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startHeldSandbox, type HeldSandbox } from '../e2e/held-sandbox.ts'
import { createCall, startMcpStage, type McpStage } from './stage.ts'

let stage: McpStage
/** Login of a user of the sandbox of TrueConf. */
const owner = { vendorId: 'helen' }

beforeAll(async () => {
  stage = await startMcpStage()
})
afterAll(() => stage.close())

const getSandbox = (account: string) => stage.sandboxes.running[account]!
const countCreated = (): number =>
  getSandbox('trueconf').effects.filter(({ kind }) => kind === 'createConference').length

async function create(args: object): Promise<any> {
  const { status, json } = await stage.call('create_conference', { account: 'trueconf', owner, ...args })
  expect(status).toBe(200)
  return json.result
}

describe('create_conference', () => {
  test('is executed once if the same call is sent again', async () => {
    const before = countCreated()
    const args = { idempotencyKey: 'sent-twice-1', title: 'Sent twice' }
    const first = await create(args)
    const second = await create(args)
    expect(first.structuredContent.createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
    expect(second.structuredContent.createConference).toMatchObject({
      outcome: 'SUCCEEDED',
      replayed: true,
      conference: first.structuredContent.createConference.conference,
    })
    expect(countCreated() - before).toBe(1)
  })

  test('is executed once if the same call is sent twice at the same time', async () => {
    const before = countCreated()
    const args = { idempotencyKey: 'at-the-same-time-1', title: 'At the same time' }
    const results = await Promise.all([create(args), create(args)])
    const replayed = results.map(({ structuredContent }) => structuredContent.createConference.replayed)
    expect(replayed.toSorted()).toEqual([false, true])
    expect(countCreated() - before).toBe(1)
  })

  test('is rejected if its key was sent with another input', async () => {
    const before = countCreated()
    await create({ idempotencyKey: 'other-input-1', title: 'One' })
    const { isError, structuredContent } = await create({ idempotencyKey: 'other-input-1', title: 'Two' })
    expect(isError).toBe(true)
    expect(structuredContent.createConference).toMatchObject({ problems: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
    expect(countCreated() - before).toBe(1)
  })

  test.each([
    ['no key', { title: 'No key' }, /"idempotencyKey"/],
    ['a short key', { title: 'Short', idempotencyKey: 'short' }, /"idempotencyKey"/],
    ['an unknown argument', { title: 'x', idempotencyKey: 'unknown-arg-1', startNow: true }, /"startNow".*title/],
    ['an argument of the wrong type', { title: 7, idempotencyKey: 'wrong-type-1' }, /"title"/],
    ['null instead of a required argument', { title: null, idempotencyKey: 'null-title-1' }, /"title"/],
  ])('names the argument, and does nothing, if it has %s', async (_, args, text) => {
    const before = stage.countVendorCalls()
    const { isError, content, structuredContent } = await create(args)
    expect([isError, structuredContent]).toEqual([true, undefined])
    expect(content[0].text).toMatch(text)
    expect(content[0].text).toMatch(/^BAD_USER_INPUT: .*Request ID: /)
    expect(stage.countVendorCalls()).toBe(before)
  })

  test.each([[[]], [['list']], ['text'], [7]])('rejects %j instead of an object with arguments', async (args) => {
    const { json } = await stage.call('create_conference', args)
    expect(json.result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('arguments') }] })
  })

  test('counts null as no arguments', async () => {
    const { json } = await stage.call('list_accounts', null)
    expect(json.result.structuredContent.accounts).toHaveLength(3)
  })
})

test('a result over toolResultBytes is an error that says how to request less', async () => {
  const small = await startMcpStage({ limits: { toolResultBytes: 4_096 } })
  try {
    const { json } = await small.call('list_users', { first: 100, details: true })
    expect(json.result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^OPERATION_TOO_EXPENSIVE: .*"first"/) }],
    })
    expect(json.result.structuredContent).toBeUndefined()
    expect((await small.call('list_users', { first: 2 })).json.result.isError).toBeUndefined()
  } finally {
    await small.close()
  }
})

describe('closing the request', () => {
  let held: HeldSandbox
  let heldStage: McpStage

  beforeAll(async () => {
    held = await startHeldSandbox({})
    heldStage = await startMcpStage({ accounts: { held: held.account } })
  })
  afterAll(async () => {
    await heldStage.close()
    await held.close()
  })

  /** Sends a call. Returns a function that closes its connection, and resolves when that has happened. */
  function open(name: string, args: object): () => Promise<void> {
    const headers = { 'content-type': 'application/json' }
    const sent = request(heldStage.url, { method: 'POST', headers })
    sent.on('error', () => {})
    sent.end(JSON.stringify(createCall(name, args)))
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    sent.on('close', () => resolve())
    return () => {
      sent.destroy()
      return closed
    }
  }

  test('cancels a read with its vendor call', async () => {
    const { waiting, release } = held.hold(/\/users/, 1)
    const close = open('list_users', { search: 'Canceled' })
    await vi.waitFor(() => expect(waiting).toMatchObject([{ isClosed: false }]))
    await close()
    await vi.waitFor(() => expect(waiting).toMatchObject([{ isClosed: true }]))
    await vi.waitFor(() =>
      expect(heldStage.log).toContainEqual(
        expect.objectContaining({ msg: 'operation', operation: 'list_users', codes: ['DEADLINE_EXCEEDED'] }),
      ),
    )
    release()
  })

  test('lets a write run to its end, and the same key returns its result', async () => {
    const countEffects = (): number => held.effects.filter(({ kind }) => kind === 'createConference').length
    const { waiting, release } = held.hold(/\/conferences/, 1, 'POST')
    const args = { idempotencyKey: 'closed-write-1', account: 'held', owner, title: 'Closed' }
    const close = open('create_conference', args)
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    await close()
    expect(waiting).toMatchObject([{ isClosed: false }])
    release()
    await vi.waitFor(() =>
      expect(heldStage.log).toContainEqual(
        expect.objectContaining({ msg: 'mutation', mutation: 'createConference', outcome: 'SUCCEEDED' }),
      ),
    )
    const { json } = await heldStage.call('create_conference', args)
    expect(json.result.structuredContent.createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
    expect(countEffects()).toBe(1)
  })
})
