import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { formatComparedFields } from '../../src/events/poll/polled-conference.ts'
import { createConferencePredicate, createUserPredicate } from '../../src/schema/filters.ts'
import { findStart } from '../../src/schema/start-window.ts'
import type { Connection, PageArguments } from '../../src/paging/relay.ts'
import { capabilities, listCapabilities } from '../../src/vendors/kit/capability.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { ConferenceFilter, UserFilter } from '../../src/vendors/vendor-inputs.ts'
import type { VendorList } from '../../src/vendors/vendor-lists.ts'
import type { Conference, Participant, User } from '../../src/vendors/vendor-objects.ts'
import { newCall } from '../support/account.ts'
import { listChanges, startAlteringProxy, selectChanges } from './contract/altered-responses.ts'
import { listRequests, listAllItems, open, openOver, pageOf, readAll, type Opened } from './contract/open.ts'
import * as shapes from './contract/shapes.ts'
import { toFixtureOptions } from './contract/fixtures.ts'
import { newConference } from './new-conference.ts'

/** Pages of 1 are in contract.full.test.ts. */
const sizes = [7, 25, 99, 100]
const idsOf = (things: readonly { vendorId: string }[]): string[] => things.map(({ vendorId }) => vendorId)

/** A value for each input that a vendor might not support. */
const someInputs = {
  owner: { vendorId: 'someone', email: null },
  description: 'Text',
  mode: 'ALL_ON_SCREEN',
  schedule: { kind: 'permanent' },
  maxParticipants: 5,
  allowGuests: true,
  autoInvite: true,
  passcode: 'abc123',
  tags: ['board'],
  displayName: 'Ada',
} as const

describe.each(vendors)('$label', (definition) => {
  const fixture = toFixtureOptions(definition)
  let opened: Opened
  let sandbox: Opened['sandbox']
  let account: Opened['account']
  let users: User[] = []
  let conferences: Conference[] = []
  const participants = new Map<string, Participant[]>()

  beforeAll(async () => {
    opened = await open(definition)
    ;({ sandbox, account } = opened)
    const { vendor } = account
    if (vendor.users) users = await readAll(vendor.users({}))
    if (vendor.conferences) conferences = await readAll(vendor.conferences({}))
    for (const { vendorId } of vendor.participants ? conferences : [])
      participants.set(vendorId, await readAll(vendor.participants!(vendorId)))
  })
  afterAll(() => opened?.close())

  test('lists every object once', () => {
    if (account.vendor.users) expect(idsOf(users).toSorted()).toEqual(fixture.users(sandbox).toSorted())
    if (account.vendor.conferences) {
      expect(conferences.length).toBeGreaterThan(50)
      expect(new Set(idsOf(conferences)).size).toBe(conferences.length)
      expect(idsOf(conferences).toSorted()).toEqual(fixture.conferences(sandbox).toSorted())
    }
    for (const people of participants.values()) expect(new Set(idsOf(people)).size).toBe(people.length)
  })

  test('reports a capability exactly if its member exists', () => {
    const supportedCapabilities = listCapabilities(account.vendor)
    expect(account.capabilities).toEqual(supportedCapabilities)
    const toMember = (name: string) =>
      name
        .toLowerCase()
        .replace(/^list_/, '')
        .replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    for (const name of capabilities.filter(
      (name) => !['WATCH_CONFERENCES', 'WEBHOOKS', 'TOTAL_COUNT'].includes(name),
    )) {
      expect([name, toMember(name) in account.vendor]).toEqual([name, supportedCapabilities.includes(name)])
    }
  })

  test.each(sizes)('lists users in pages of %i in both directions', async (size) => {
    if (!account.vendor.users) return
    for (const direction of ['first', 'last'] as const) {
      expect(await listAllItems(account, account.vendor.users({}), size, direction)).toEqual(idsOf(users))
    }
  })

  test.each(sizes)('lists conferences in pages of %i in both directions', async (size) => {
    if (!account.vendor.conferences) return
    for (const direction of ['first', 'last'] as const) {
      expect(await listAllItems(account, account.vendor.conferences({}), size, direction)).toEqual(idsOf(conferences))
    }
  })

  test('pages from any position, in any page size, in both directions', async () => {
    const { vendor } = account
    for (const [listing, all] of [
      [vendor.users?.({}), users] as [VendorList<User | Conference> | undefined, (User | Conference)[]],
      [vendor.conferences?.({}), conferences] as [VendorList<User | Conference> | undefined, (User | Conference)[]],
    ]) {
      if (!listing) continue
      let at = -1
      let cursor: string | null = null
      // Reads forwards and backwards, past both ends.
      for (const [index, step] of [30, -5, 22, 1, 1, -1, -60, 41, 100, -13, 100, -100, -100, 3].entries()) {
        const [size, forward] = [Math.abs(step), step > 0]
        const args: PageArguments = forward ? { first: size, after: cursor } : { last: size, before: cursor }
        const { edges, pageInfo }: Connection<User | Conference> = await pageOf(account, listing, args)
        const expected = forward ? all.slice(at + 1, at + 1 + size) : all.slice(Math.max(0, at - size), Math.max(0, at))
        expect([index, idsOf(edges.map(({ node }) => node))]).toEqual([index, idsOf(expected)])
        expect([index, pageInfo.hasNextPage]).toEqual([index, forward ? at + 1 + size < all.length : true])
        if (edges.length === 0) continue
        at = all.indexOf(expected[forward ? expected.length - 1 : 0]!)
        cursor = forward ? pageInfo.endCursor : pageInfo.startCursor
      }
    }
  })

  test('pages through participants in both directions', async () => {
    const busiest = [...participants].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 8)
    for (const [id, people] of busiest) {
      const listing = account.vendor.participants!(id)
      for (const direction of ['first', 'last'] as const) {
        expect(await listAllItems(account, listing, 3, direction)).toEqual(idsOf(people))
      }
    }
    if (account.vendor.participants) expect([...participants.values()].flat().length).toBeGreaterThan(10)
  })

  test('filters users with the same result as a check of each user', async () => {
    if (!account.vendor.users) return
    const some = users[Math.floor(users.length / 2)]!
    const filters: UserFilter[] = [
      { email: some.email!.toUpperCase() },
      { email: 'nobody@example.com' },
      { search: some.displayName?.slice(0, 3) ?? 'a' },
      { search: 'dean' },
      ...(['ACTIVE', 'INACTIVE', 'PENDING', 'UNKNOWN'] as const).map((status) => ({ status: [status] })),
      { status: ['ACTIVE', 'PENDING'], search: 'j' },
    ]
    for (const filter of filters) {
      const keep = createUserPredicate(filter)
      const found = await listAllItems(account, account.vendor.users(filter), 40, 'first', keep)
      expect({ filter, found: found.toSorted() }).toEqual({ filter, found: idsOf(users.filter(keep)).toSorted() })
    }
  })

  test('filters conferences with the same result as a check of each conference', async () => {
    if (!account.vendor.conferences) return
    const starts = conferences.flatMap((it) => findStart(it, {}) ?? []).toSorted((a, b) => +a - +b)
    const middle = starts[Math.floor(starts.length / 2)] ?? new Date(0)
    const owner = conferences.find(({ ownerId }) => ownerId !== null)?.ownerId
    const filters: ConferenceFilter[] = [
      ...(owner ? [{ ownerId: owner }] : []),
      { ownerId: 'nobody-of-this-name' },
      { search: conferences[5]!.title.slice(0, 3) },
      { tag: 'board' },
      { tag: 'no such tag' },
      { startsFrom: middle },
      { startsBefore: middle },
      { startsFrom: middle, startsBefore: new Date(+middle + 86_400_000) },
      ...(['SCHEDULED', 'RUNNING', 'IDLE', 'ENDED', 'UNKNOWN'] as const).map((state) => ({ state: [state] })),
    ]
    for (const filter of filters) {
      const keep = createConferencePredicate(filter)
      const found = await listAllItems(account, account.vendor.conferences(filter), 40, 'first', keep)
      const expected = idsOf(conferences.filter(keep))
      expect({ filter, missing: expected.filter((id) => !found.includes(id)) }).toEqual({ filter, missing: [] })
      // A filtered list can report more than the full list, such as the running state. Only the object itself is correct.
      for (const id of found.filter((id) => !expected.includes(id))) {
        const alone = await account.vendor.getConference!(id, newCall())
        // Past occurrences of a series are read only for a limited time range.
        const isSeries = alone?.schedule?.kind === 'recurring' && 'startsBefore' in filter
        expect([filter, id, alone !== null && (isSeries || keep(alone))]).toEqual([filter, id, true])
      }
    }
  })

  test('fetches every listed object by ID, and returns null for a missing one', async () => {
    const { vendor } = account
    const call = newCall()
    for (const { vendorId } of users) expect(await vendor.getUser!(vendorId, call)).toMatchObject({ vendorId })
    for (const { vendorId } of conferences)
      expect(await vendor.getConference!(vendorId, call)).toMatchObject({ vendorId })
    if (vendor.getUser) expect(await vendor.getUser('n0b0dy', call)).toBeNull()
    if (vendor.getConference) expect(await vendor.getConference('99999999999', call)).toBeNull()
  })

  test('finds a user by email address, ignoring case', async () => {
    const find = account.vendor.findUserByEmail
    if (!find) return
    for (const user of [users[0]!, users.at(-1)!]) {
      expect(await find(user.email!.toUpperCase(), newCall())).toMatchObject({ vendorId: user.vendorId })
    }
    expect(await find('nobody@example.com', newCall())).toBeNull()
  })

  test('returns every field with its declared type', () => {
    for (const user of users) shapes.User.parse(user)
    for (const conference of conferences) shapes.Conference.parse(conference)
    for (const participant of [...participants.values()].flat()) shapes.Participant.parse(participant)
  })

  test('returns null or an empty list for the fields that its notes call unreported', () => {
    const objects: Record<string, readonly object[]> = {
      User: users,
      Conference: conferences,
      Participant: [...participants.values()].flat(),
    }
    for (const coordinate of definition.notes?.unreported ?? []) {
      const [type, field] = coordinate.split('.') as [string, string]
      const name = (field === 'owner' ? 'ownerId' : field) as keyof object
      // Events, attendance, and uploaded files are not among the objects of the lists.
      if (type.startsWith('ConferenceEvent') || ['Attendance', 'UploadedFile'].includes(type)) continue
      const reported = objects[type]!.map((object) => object[name]).filter((value) => value !== null)
      expect([coordinate, reported.flat()]).toEqual([coordinate, []])
    }
  })

  test('lists every field in full whose changes polling reports', async () => {
    const { polledEvents, getConference } = account.vendor
    if (!polledEvents) return
    const { types, comparedFields, listJoined } = polledEvents
    expect('parent' in account.vendor.conferences!({})).toBe(false)
    expect(types.some((type) => type.startsWith('PARTICIPANT_'))).toBe(listJoined !== undefined)
    for (const conference of conferences)
      for (const field of comparedFields) expect(conference.unlisted?.has(field)).not.toBe(true)
    for (const conference of conferences.slice(0, 10)) {
      const found = await getConference!(conference.vendorId, newCall())
      expect(formatComparedFields(found!, comparedFields)).toBe(formatComparedFields(conference, comparedFields))
    }
    if (!listJoined) return
    const running = conferences.find(({ state }) => state === 'RUNNING')!
    const joined = await listJoined(running, newCall())
    const listed = participants.get(running.vendorId)!.filter(({ status }) => status === 'JOINED')
    expect(idsOf(joined.map((participant) => participant!)).toSorted()).toEqual(idsOf(listed).toSorted())
  })

  test('rejects the inputs that its notes call unsupported, before any call', async () => {
    const { vendor } = account
    const from = sandbox.ledger.length
    const hasOwner = !definition.notes?.unsupported.includes('CreateConferenceInput.owner')
    const owner = hasOwner ? { vendorId: users[0]!.vendorId, email: null } : null
    for (const coordinate of definition.notes?.unsupported ?? []) {
      const [type, field] = coordinate.split('.') as [string, keyof typeof someInputs]
      const input = { [field]: someInputs[field] }
      const calls: Record<string, () => Promise<unknown>> = {
        CreateConferenceInput: () => vendor.createConference!(newConference({ owner, ...input }), newCall()),
        UpdateConferenceInput: () => vendor.updateConference!(conferences[0]!.vendorId, input, newCall()),
        InviteeInput: () =>
          vendor.inviteParticipant!(
            conferences[0]!.vendorId,
            { user: { vendorId: users[0]!.vendorId, email: null }, displayName: null, role: null, ...input },
            newCall(),
          ),
      }
      const result = await calls[type]!().catch((error: unknown) => error)
      expect([coordinate, result]).toEqual([coordinate, expect.objectContaining({ code: 'UNSUPPORTED_BY_VENDOR' })])
    }
    expect(listRequests(sandbox, from)).toEqual([])
  })

  test('returns no credential in raw objects', () => {
    const all = [...users, ...conferences, ...[...participants.values()].flat()].map(({ raw }) => raw)
    const text = JSON.stringify(all)
    expect(text).not.toMatch(/"(start_?url|h323_password|password|passcode|encrypted_password|pwd|zak|token|secret)"/i)
    for (const secret of Object.values(sandbox.account).filter((value) => /^\S{16,}$/.test(String(value)))) {
      if (!String(secret).startsWith('http')) expect(text.includes(String(secret))).toBe(false)
    }
  })

  test('renews a rejected token once for all calls', async () => {
    const { vendor } = account
    if (!vendor.getUser) return
    fixture.revokeTokens(sandbox)
    const before = sandbox.ledger.length
    const found = await Promise.all(users.slice(0, 12).map(({ vendorId }) => vendor.getUser!(vendorId, newCall())))
    expect(idsOf(found.map((user) => user!))).toEqual(idsOf(users.slice(0, 12)))
    expect(sandbox.ledger.slice(before).filter(({ path }) => path.endsWith('/token'))).toHaveLength(1)
  })

  const strange = [
    '..',
    '.',
    '%2e%2e',
    '../users',
    'a/../../b',
    'a\\..\\b',
    'x?admin=1#y',
    'a\r\nX: y',
    '\0',
    '',
    ' ',
    '日本',
    '\ud800',
  ]
  test.each(strange)('rejects the ID %j or encodes it as one path segment', async (id) => {
    const { vendor } = account
    const segments = (path: string) => path.split('/').length
    for (const [get, known] of [
      [vendor.getUser, users[0]?.vendorId ?? ''],
      [vendor.getConference, conferences[0]?.vendorId ?? ''],
    ] as const) {
      if (!get) continue
      const start = sandbox.ledger.length
      await get(known, newCall())
      const [usual] = listRequests(sandbox, start)
      const from = sandbox.ledger.length
      const outcome = await get(id, newCall()).catch((error: unknown) => error)
      if (outcome !== null) expect(outcome).toBeInstanceOf(Problem)
      for (const { path, method } of listRequests(sandbox, from)) {
        expect(method).toBe('GET')
        expect([path, segments(path) <= segments(usual!.path)]).toEqual([path, true])
        expect(path.startsWith(usual!.path.slice(0, usual!.path.lastIndexOf('/')))).toBe(true)
      }
    }
  })

  test('returns data or a problem for any changed or truncated response', async () => {
    const proxy = await startAlteringProxy(sandbox.url)
    const between = openOver(definition, sandbox, proxy.url)
    const { vendor } = between
    const first = { first: 3 }
    const busy = [...participants].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0]
    const email = users[0]?.email ?? null
    const reads: ((() => Promise<unknown>) | undefined)[] = [
      vendor.users && (() => pageOf(between, vendor.users!({}), first)),
      vendor.users && (() => pageOf(between, vendor.users!({}), { last: 3 })),
      vendor.getUser && (() => vendor.getUser!(users[0]!.vendorId, newCall())),
      vendor.findUserByEmail && email !== null ? () => vendor.findUserByEmail!(email, newCall()) : undefined,
      vendor.conferences && (() => pageOf(between, vendor.conferences!({}), first)),
      vendor.getConference && (() => vendor.getConference!(conferences[0]!.vendorId, newCall())),
      vendor.participants && busy !== undefined ? () => pageOf(between, vendor.participants!(busy), first) : undefined,
    ]
    for (const read of reads.filter((read) => read !== undefined)) {
      proxy.bodyByPath.clear()
      proxy.change = null
      await read()
      const changes = [...proxy.bodyByPath].flatMap(([path, body]) => listChanges(path, body))
      expect(changes.length).toBeGreaterThan(8)
      for (const change of selectChanges(changes, 15)) {
        proxy.change = change
        try {
          await read()
        } catch (error) {
          if (!(error instanceof Problem) || error.code === 'INTERNAL')
            throw new Error(`${JSON.stringify(change)}: ${String(error)}`, { cause: error })
        }
      }
    }
    await between.upstream.close()
    proxy.close()
  })
})
