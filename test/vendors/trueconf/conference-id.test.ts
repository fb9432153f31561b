import { afterEach, describe, expect, test } from 'vitest'
import { listIds } from '../../../src/vendors/trueconf/conference-id.ts'
import type { NewConference } from '../../../src/vendors/vendor-inputs.ts'
import { helen, newConference, open, type Opened } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const day = 24 * 60 * 60 * 1000
const [first, second, third] = listIds(newConference()) as [string, string, string]
const made = () => opened.sandbox.effects.filter(({ kind }) => kind === 'createConference').map(({ id }) => id)
const create = (changes: Partial<NewConference> = {}) =>
  opened.vendor.createConference(newConference(changes), opened.call())
const find = (changes: Partial<NewConference> = {}, sentAt = Date.now()) =>
  opened.vendor.findCreated(newConference(changes), sentAt, opened.call())

/** Adds a conference of another caller with the ID `id`. */
async function occupy(id: string, others: { title?: string; owner?: string; ageMs?: number } = {}): Promise<void> {
  const { title = 'Board', owner = 'dean', ageMs = 0 } = others
  const vendorOptions = { id }
  await create({ title, owner: { vendorId: owner, email: null }, vendorOptions })
  opened.sandbox.data.conferences.get(id)!.created_at -= Math.floor(ageMs / 1000)
  opened.sandbox.effects.length = 0
  opened.takeRequests()
}

describe('the ID that Parley chooses', () => {
  test.each([
    [{ title: 'Board', owner: 'helen' }],
    [{ title: 'Planning', owner: 'dean' }],
    [{ title: 'Planning', owner: 'helen', ageMs: 2 * day }],
  ])('is another one if it belongs to the conference %j already', async (other) => {
    opened = await open()
    await occupy(first, other)
    const { conference, problems } = await create()
    expect(conference).toMatchObject({ vendorId: second, title: 'Planning', ownerId: 'helen' })
    expect(problems).toEqual([])
    expect(made()).toEqual([second])
    expect(opened.takeRequests()).toEqual(['POST /conferences', `GET /conferences/${first}`, 'POST /conferences'])
    expect(await find()).toMatchObject({ vendorId: second })
  })

  test('is another one if the conference that has it cannot be read', async () => {
    opened = await open()
    const body = JSON.stringify({
      error: { code: 400, errors: [{ reason: 'uniqueValueAlreadyInUse', locationType: 'parameter', location: 'id' }] },
    })
    opened.sandbox.fault({ match: { method: 'POST', path: /conferences$/ }, kind: 'body', status: 400, body, times: 1 })
    expect((await create()).conference.vendorId).toBe(second)
    expect(made()).toEqual([second])
  })

  test('is left to the server if other conferences have several of them', async () => {
    opened = await open()
    for (const id of [first, second, third]) await occupy(id)
    const sentAt = Date.now()
    const { conference } = await create()
    expect([first, second, third]).not.toContain(conference.vendorId)
    expect(conference).toMatchObject({ title: 'Planning', ownerId: 'helen' })
    expect(made()).toEqual([conference.vendorId])
    expect(opened.takeRequests().filter((line) => line.startsWith('POST'))).toHaveLength(4)
    expect(await find({}, sentAt)).toMatchObject({ vendorId: conference.vendorId })
  })

  test('does not find a conference of another caller after a lost response', async () => {
    opened = await open()
    await occupy(first)
    await occupy(second, { title: 'Planning', owner: 'dean' })
    expect(await find()).toBeNull()
    opened.sandbox.fault({ match: { method: 'POST', path: /conferences$/ }, kind: 'reset', times: 1 })
    await expect(create()).rejects.toMatchObject({ delivery: 'unknown' })
    expect(await find()).toBeNull()
    expect((await create()).conference.vendorId).toBe(third)
  })

  test.each([
    ['other white space in the topic', { topic: ' Planning\u00a0 of  the\tCafe\u0301 ' }],
    ['no topic', { topic: undefined }],
    ['no owner', { owner: undefined }],
    ['the owner in upper case', { owner: 'HELEN@ruwu1.trueconf.name' }],
    ['no schedule', { schedule: undefined }],
    ['no creation time', { created_at: undefined }],
  ])('finds its conference although the server reports %s', async (_, changes) => {
    opened = await open()
    const title = 'Planning of the Café'
    const [id] = listIds(newConference())
    const whole = { topic: title, owner: 'helen@ruwu1.trueconf.name', schedule: { type: -1 }, created_at: 1e9 }
    const conference = { ...whole, created_at: Math.floor(Date.now() / 1000), ...changes, id }
    const body = JSON.stringify({ conference })
    opened.sandbox.fault({ match: { method: 'GET', path: /conferences\/\d/ }, kind: 'body', status: 200, body })
    expect(await find({ title })).toMatchObject({ vendorId: id })
  })

  test('finds the conference of a lost response if another caller has the first ID', async () => {
    let onRequest = () => {}
    const latency = () => {
      onRequest()
      return 0
    }
    opened = await open({ latency })
    await occupy(first, { ageMs: 9 * day })
    // The response to the second request is lost: the first one is rejected, because its ID is in use.
    let requests = 0
    onRequest = () => {
      if (++requests === 2)
        opened.sandbox.fault({ match: { method: 'POST', path: /conferences$/ }, kind: 'reset', times: 1, apply: true })
    }
    const sentAt = Date.now()
    await expect(create()).rejects.toMatchObject({ delivery: 'unknown' })
    onRequest = () => {}
    expect(made()).toEqual([second])
    expect(await find({}, sentAt)).toMatchObject({ vendorId: second })
    expect((await create()).conference.vendorId).toBe(second)
    expect(made()).toEqual([second])
  })
})

describe('the ID that the caller chooses', () => {
  const vendorOptions = { id: 'board_room' }

  test('is the ID of the new conference', async () => {
    opened = await open()
    const { conference, problems } = await create({ vendorOptions })
    expect(conference).toMatchObject({ vendorId: 'board_room', joinUrl: `${opened.sandbox.url}/c/board_room` })
    expect(problems).toEqual([])
    expect(opened.takeRequests()).toEqual(['POST /conferences'])
  })

  test.each([{}, { title: 'Board', owner: 'dean', ageMs: day }])(
    'is rejected with its input path if another conference has it: %j',
    async (other) => {
      opened = await open()
      await occupy('board_room', { title: 'Planning', owner: 'helen', ...other })
      await expect(create({ vendorOptions })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        path: ['input', 'vendorOptions', 'id'],
        message: '"input.vendorOptions.id" is already in use. Choose another value, or omit it.',
        delivery: 'rejected',
        vendorCode: 'uniqueValueAlreadyInUse',
      })
      expect(opened.takeRequests()).toEqual(['POST /conferences'])
      expect(made()).toEqual([])
    },
  )

  test.each([
    ['a space', 'a b'],
    ['a dash', 'raum-1'],
    ['a letter beyond ASCII', 'räume'],
    ['no characters', ''],
    ['129 characters', 'x'.repeat(129)],
    ['a number', 1_234_567_890],
    ['an object', {}],
  ])('is rejected before any call if it is invalid: %s', async (_, id) => {
    opened = await open()
    await expect(create({ vendorOptions: { id } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'vendorOptions', 'id'],
      message: expect.stringContaining('1 to 128') as string,
    })
    expect(opened.sandbox.ledger).toEqual([])
  })

  test('is chosen by Parley if it is null', async () => {
    opened = await open()
    expect((await create({ vendorOptions: { id: null } })).conference.vendorId).toBe(first)
  })

  test('is not replaced if the license allows none', async () => {
    opened = await open({ customIds: false })
    await create()
    opened.takeRequests()
    await expect(create({ vendorOptions })).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      path: ['input', 'vendorOptions'],
      vendorMessage: 'Custom conference IDs are not available in your license.',
    })
    expect(opened.takeRequests()).toEqual(['POST /conferences'])
    expect(made()).toHaveLength(1)
  })

  test('is reported in problems if the server creates the conference with another ID', async () => {
    opened = await open()
    const conference = { id: '4219111751', topic: 'Planning', owner: 'helen@own.example', schedule: { type: -1 } }
    const body = JSON.stringify({ conference })
    opened.sandbox.fault({ match: { method: 'POST', path: /conferences$/ }, kind: 'body', status: 200, body, times: 1 })
    expect(await create({ vendorOptions })).toMatchObject({
      conference: { vendorId: '4219111751' },
      problems: [{ code: 'VENDOR_REJECTED', path: ['input', 'vendorOptions', 'id'] }],
    })
  })

  test('finds the conference after a lost response, but no conference of another caller', async () => {
    opened = await open()
    opened.sandbox.fault({ match: { method: 'POST', path: /conferences$/ }, kind: 'reset', times: 1, apply: true })
    const sentAt = Date.now()
    await expect(create({ vendorOptions })).rejects.toMatchObject({ delivery: 'unknown' })
    expect(await find({ vendorOptions }, sentAt)).toMatchObject({ vendorId: 'board_room' })
    expect(await find({ vendorOptions, title: 'Plans' }, sentAt)).toBeNull()
    expect(await find({ vendorOptions, owner: { vendorId: 'dean', email: null } }, sentAt)).toBeNull()
    expect(await find({ vendorOptions }, sentAt + 5 * 60_000)).toBe('ambiguous')
    expect(await find({ vendorOptions }, sentAt + day)).toBeNull()
    const schedule = { kind: 'once', startsAt: new Date(), durationMinutes: 30, timeZone: null } as const
    expect(await find({ vendorOptions, schedule }, sentAt)).toBeNull()
  })
})

describe('invitations in vendorOptions', () => {
  const named = [
    { id: 'helen', display_name: 'Chair' },
    { id: 'dean', display_name: 'Guest of honor' },
  ]
  const invitedTo = (id: string) => opened.sandbox.data.conferences.get(id)!.invitations

  test('have display names', async () => {
    opened = await open()
    const { conference, problems } = await create({ vendorOptions: { invitations: named } })
    expect(problems).toEqual([])
    expect(invitedTo(conference.vendorId)).toEqual([named[1], named[0]])
    expect(opened.takeRequests()).toEqual(['POST /conferences'])
  })

  test('are sent one by one if the server rejects one of them', async () => {
    opened = await open()
    const invitations = [named[0], { id: 'nobody', display_name: 'Nobody' }, named[1]]
    const { conference, problems } = await create({ vendorOptions: { invitations } })
    expect(problems).toMatchObject([
      { code: 'VENDOR_REJECTED', path: ['input', 'vendorOptions', 'invitations', '1'], vendorCode: 'userNotFound' },
    ])
    expect(invitedTo(conference.vendorId)).toEqual([named[1], named[0]])
  })

  test.each([
    ['beside input.invite', { vendorOptions: { invitations: named }, invite: [helen] }],
    ['as a text', { vendorOptions: { invitations: 'helen' } }],
    ['without an ID', { vendorOptions: { invitations: [{ display_name: 'x' }] } }],
    ['as a list of texts', { vendorOptions: { invitations: ['helen'] } }],
    ['of 251 users', { vendorOptions: { invitations: Array(251).fill(named[0]) } }],
  ])('are rejected before any call: invitations %s', async (_, changes) => {
    opened = await open()
    await expect(create(changes)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'vendorOptions', 'invitations'],
    })
    expect(opened.sandbox.ledger).toEqual([])
  })
})

describe('auto_invite in vendorOptions', () => {
  test('is sent unchanged', async () => {
    opened = await open()
    const { conference } = await create({ vendorOptions: { auto_invite: 2 } })
    expect(opened.sandbox.data.conferences.get(conference.vendorId)!.auto_invite).toBe(2)
  })

  test('is rejected if autoInvite sets it', async () => {
    opened = await open()
    const changes = { autoInvite: false, vendorOptions: { auto_invite: 2 } }
    await expect(create(changes)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'vendorOptions', 'auto_invite'],
      message: expect.stringContaining('"input.autoInvite"') as string,
    })
  })

  test('is named in the error if the server rejects it', async () => {
    opened = await open()
    await expect(create({ vendorOptions: { auto_invite: 3 } })).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      path: ['input', 'vendorOptions', 'auto_invite'],
    })
  })
})

describe('an update', () => {
  const update = (vendorOptions: Record<string, unknown>) =>
    opened.vendor.updateConference(first, { vendorOptions }, opened.call())

  test('changes owner, auto_invite, and invitations by vendorOptions', async () => {
    opened = await open()
    await create()
    const { conference } = await update({ owner: 'dean', auto_invite: 2, invitations: [{ id: 'kevin' }] })
    expect(conference.ownerId).toBe('dean')
    expect(opened.sandbox.data.conferences.get(first)).toMatchObject({
      owner: 'dean',
      topic: 'Planning',
      auto_invite: 2,
      invitations: [{ id: 'kevin' }],
    })
  })

  test.each([
    ['owner', 'nobody'],
    ['auto_invite', 7],
    ['invitations', [{ id: 'nobody' }]],
  ])('names vendorOptions.%s if the server rejects it', async (option, value) => {
    opened = await open()
    await create()
    await expect(update({ [option]: value })).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      path: ['input', 'vendorOptions', option],
    })
  })

  test('rejects another ID before any call', async () => {
    opened = await open()
    await expect(update({ id: 'other' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', 'vendorOptions', 'id'],
      message: '"input.vendorOptions.id" cannot be changed. Omit it.',
    })
    expect(opened.sandbox.ledger).toEqual([])
  })
})
