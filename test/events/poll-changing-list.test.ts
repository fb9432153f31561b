import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareSnapshots } from '../../src/events/poll/poll-comparison.ts'
import type { PolledConference } from '../../src/events/poll/polled-conference.ts'
import { readPolledList } from '../../src/events/poll/polled-list.ts'
import { SnapshotReader } from '../../src/events/poll/snapshot-reader.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import type { Conference } from '../../src/vendors/vendor-objects.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'
import { Problem } from '../../src/core/errors.ts'
import { change, ChangingList, movingScheme } from '../paging/changing-list.ts'
import { vendorList } from '../paging/vendor-list.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'

const toConference = (item: unknown): Conference =>
  ({ vendorId: (item as { id: string }).id, title: 'Title', state: 'IDLE' }) as Conference

test('reports each conference once that was deleted or created while lists were read', async () => {
  await fc.assert(
    fc.asyncProperty(
      movingScheme,
      fc.integer({ min: 0, max: 40 }),
      fc.array(fc.option(change), { maxLength: 30 }),
      async (scheme, length, changes) => {
        const items = new ChangingList(length)
        const { list } = vendorList(scheme, () => items.items)
        let isQuiet = true
        const vendor: Vendor = {
          polledEvents: { types: ['CREATED', 'DELETED'], comparedFields: ['title'] },
          conferences: () => ({
            ...(list as unknown as FlatList<Conference>),
            parseItem: toConference,
            loadPage: async (request, call) => {
              const next = isQuiet ? null : changes.shift()
              if (next) items.apply(next)
              return list.loadPage(request, call)
            },
          }),
          getConference: async (id) => (items.items.some((item) => item.id === id) ? toConference({ id }) : null),
        }
        const reader = new SnapshotReader(vendor)
        let before: Map<string, PolledConference> | null = null
        const known = new Set<string>()
        const poll = async (): Promise<void> => {
          const options = { before, selectsParticipants: () => false, maxLookups: 10, createCall: newCall }
          const after = await reader.read(options).catch((error: unknown) => {
            if (error instanceof Problem) return null
            throw error
          })
          if (after === null) return
          if (before === null) for (const id of after.keys()) known.add(id)
          else
            for (const { type, conferenceId: id } of await compareSnapshots(before, after, ['title'], 0)) {
              expect([type, known.has(id)]).toEqual([type, type === 'DELETED'])
              if (type === 'CREATED') known.add(id)
              // What was deleted does not come back: the list never repeats an ID.
              else expect(items.items.some((item) => item.id === id)).toBe(false)
              if (type === 'DELETED') known.delete(id)
            }
          before = after
        }
        await poll()
        isQuiet = false
        for (let count = 0; count < 8; count++) await poll()
        isQuiet = true
        for (let count = 0; count < 12; count++) await poll()
        expect([...known].toSorted()).toEqual(items.items.map(({ id }) => id).toSorted())
      },
    ),
    runs(200, 5_000),
  )
})

test('does not compare more than 100,000 conferences', async () => {
  const items = Array.from({ length: 100_001 }, (_, index) => ({ id: String(index) }))
  const whole: FlatList<Conference> = {
    maxSize: 200,
    loadPage: async () => ({ items, next: null }),
    getId: (item) => (item as { id: string }).id,
    parseItem: toConference,
  }
  const read = (list: FlatList<Conference>) =>
    readPolledList({ list, createCall: newCall, onConference: () => undefined })
  await expect(read(whole)).rejects.toMatchObject({ code: 'VENDOR_RESPONSE_TOO_LARGE' })
  items.pop()
  await expect(read(whole)).resolves.toMatchObject({ problem: null })
})
