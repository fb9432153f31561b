import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import type { VendorList } from '../../src/vendors/vendor-lists.ts'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import type { Connection, PageArguments } from '../../src/paging/relay.ts'
import { runs } from '../support/property.ts'
import { openOver, pageOf } from './contract/open.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const most = 40

/** A list of a vendor. The test selects the objects that it contains. */
interface Shifting {
  account: Account
  listing: VendorList<{ vendorId: string }>
  /** All objects that the list can contain, in its order. */
  ids: string[]
  show(present: readonly boolean[]): void
}

const closing: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

function opened<S extends Sandbox>(definition: Parameters<typeof openOver>[0], sandbox: Sandbox & { account: object }) {
  const account = openOver(definition, sandbox as Parameters<typeof openOver>[1])
  closing.push(() => account.upstream.close(), sandbox.close)
  return { account, sandbox: sandbox as unknown as S }
}

/** Limits a map to the entries that are present. */
function ofMap<K, V>(map: Map<K, V>, entries = [...map]): Pick<Shifting, 'ids' | 'show'> {
  return {
    ids: entries.map(([key]) => String(key)),
    show: (present) => {
      for (const [key] of entries) map.delete(key)
      for (const [index, [key, value]] of entries.entries()) if (present[index]) map.set(key, value)
    },
  }
}

async function zoomUsers(): Promise<Shifting> {
  const made = await startSandbox('zoom', { seed: { active: most, inactive: 0, pending: 0 } } as object)
  const { account, sandbox } = opened<ZoomSandbox>(zoom, made)
  const all = [...sandbox.data.users]
  return {
    account,
    listing: account.vendor.users!({ status: ['ACTIVE'] }),
    ids: all.map(({ id }) => id),
    show: (present) => void sandbox.data.users.splice(0, most, ...all.filter((_, index) => present[index])),
  }
}
async function zoomMeetings(): Promise<Shifting> {
  const made = await startSandbox('zoom', {
    seed: { active: 2, inactive: 0, pending: 0, meetingsPerHost: 60 },
  } as object)
  const { account, sandbox } = opened<ZoomSandbox>(zoom, made)
  const listing = account.vendor.conferences!({ ownerId: sandbox.data.users[0]!.id })
  const listed = new Set((await pageOf(account, listing, { first: most })).edges.map(({ node }) => node.vendorId))
  const meetings = [...sandbox.data.meetings].filter(([id]) => listed.has(String(id)))
  for (const [id] of sandbox.data.meetings) if (!listed.has(String(id))) sandbox.data.meetings.delete(id)
  return { account, listing, ...ofMap(sandbox.data.meetings, meetings) }
}
async function trueconfLists(list: 'users' | 'conferences'): Promise<Shifting> {
  const made = await startSandbox('trueconf', { users: most, conferences: most, running: 0 } as object)
  const { account, sandbox } = opened<TrueConfSandbox>(trueconf, made)
  return { account, listing: account.vendor[list]!({}), ...ofMap<string, unknown>(sandbox.data[list]) }
}
async function centralUsers(links: 'keyset' | 'offset'): Promise<Shifting> {
  const made = await startSandbox('imeetcentral', { seed: { users: most }, paging: { links } } as object)
  const { account, sandbox } = opened<IMeetCentralSandbox>(imeetcentral, made)
  return { account, listing: account.vendor.users!({}), ...ofMap<string, unknown>(sandbox.data.users) }
}

const lists: [name: string, open: () => Promise<Shifting>][] = [
  ['Zoom users, numbered pages and tokens', zoomUsers],
  ['Zoom meetings of a host, tokens', zoomMeetings],
  ['TrueConf users, numbered pages', () => trueconfLists('users')],
  ['TrueConf conferences, numbered pages and a total', () => trueconfLists('conferences')],
  ['iMeet Central users, links by id', () => centralUsers('keyset')],
  ['iMeet Central users, links by offset', () => centralUsers('offset')],
]

const place = fc.nat(most - 1)
const schedule = fc.record({
  present: fc.array(fc.boolean(), { minLength: most, maxLength: most, size: 'max' }),
  size: fc.integer({ min: 1, max: 12 }),
  forward: fc.boolean(),
  changes: fc.array(fc.record({ come: fc.array(place, { maxLength: 3 }), go: fc.array(place, { maxLength: 3 }) }), {
    maxLength: 10,
  }),
})

test.each(lists)('lists unchanged objects once while others are added and removed: %s', async (_, open) => {
  const { account, listing, ids, show } = await open()
  expect(ids).toHaveLength(most)
  await fc.assert(
    fc.asyncProperty(schedule, async ({ present, size, forward, changes }) => {
      const now = [...present]
      const lasting = new Set(ids.filter((_, index) => now[index]))
      const got: string[] = []
      show(now)
      let cursor: string | null = null
      for (let round = 0; ; round++) {
        const args: PageArguments = forward ? { first: size, after: cursor } : { last: size, before: cursor }
        const { edges, pageInfo, sources }: Connection<{ vendorId: string }> = await pageOf(account, listing, args)
        expect(sources).toMatchObject([{ problem: null }])
        const page = edges.map(({ node }) => node.vendorId)
        got.push(...(forward ? page : page.toReversed()))
        if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
        cursor = forward ? pageInfo.endCursor : pageInfo.startCursor
        expect(round).toBeLessThan(200)
        const { come = [], go = [] } = changes[round] ?? {}
        for (const index of come) now[index] = true
        for (const index of go) now[index] = false
        for (const index of go) lasting.delete(ids[index]!)
        show(now)
      }
      const order = ids.filter((id) => lasting.has(id))
      const expected = forward ? order : order.toReversed()
      expect(got.filter((id) => lasting.has(id))).toEqual(expected)
      expect(new Set(got).size).toBe(got.length)
    }),
    runs(20, 1_700),
  )
})
