import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareSnapshots } from '../../src/events/poll/poll-comparison.ts'
import { formatComparedFields, type PolledConference } from '../../src/events/poll/polled-conference.ts'
import type { EventParticipant, VendorEvent } from '../../src/vendors/vendor-events.ts'
import type { Conference, Schedule } from '../../src/vendors/vendor-objects.ts'
import { runs } from '../support/property.ts'

const fields = ['title', 'description', 'schedule', 'tags'] as const

const conference = (changes: Partial<Conference> = {}): Conference => ({
  vendorId: 'c',
  kind: 'MEETING',
  title: 'Planning',
  description: null,
  mode: null,
  state: 'SCHEDULED',
  schedule: null,
  ownerId: null,
  maxParticipants: null,
  allowGuests: null,
  tags: [],
  joinUrl: null,
  createdAt: null,
  raw: {},
  ...changes,
})

const person = (vendorId: string): EventParticipant => ({
  vendorId,
  userId: null,
  displayName: null,
  email: null,
  role: 'ATTENDEE',
  status: 'JOINED',
  joinedAt: null,
  leftAt: null,
})

const anyConference = fc
  .record({
    title: fc.constantFrom('A', 'B'),
    tags: fc.subarray(['x', 'y']),
    people: fc.option(fc.subarray(['p', 'q', 'r'])),
  })
  .map(({ title, tags, people }): PolledConference => ({
    fields: formatComparedFields(conference({ title, tags }), fields),
    isRunning: people !== null,
    participants: people && new Map(people.map((id) => [id, person(id)])),
    isListed: true,
  }))
const anySnapshot = fc
  .dictionary(fc.constantFrom('1', '2', '3', '4'), anyConference)
  .map((all) => new Map(Object.entries(all)))

/** A client's view of a conference, as events report it. */
interface View {
  isRunning: boolean
  participants: Set<string>
}
const toViews = (snapshot: ReadonlyMap<string, PolledConference>): Map<string, View> =>
  new Map(
    [...snapshot].map(([id, { isRunning, participants }]) => [
      id,
      { isRunning, participants: new Set(participants?.keys()) },
    ]),
  )

/** Applies an event, and fails if it does not fit to what was reported before. */
function apply(views: Map<string, View>, { type, conferenceId, participant }: VendorEvent): void {
  const view = views.get(conferenceId)
  expect(view === undefined).toBe(type === 'CREATED')
  if (type === 'CREATED') views.set(conferenceId, { isRunning: false, participants: new Set() })
  if (!view) return
  if (type === 'DELETED') {
    expect(view).toEqual({ isRunning: false, participants: new Set() })
    views.delete(conferenceId)
  }
  if (type === 'STARTED' || type === 'ENDED') {
    expect(view).toEqual({ isRunning: type === 'ENDED', participants: new Set() })
    view.isRunning = type === 'STARTED'
  }
  if (!participant) return
  expect([view.isRunning, view.participants.has(participant.vendorId)]).toEqual([true, type === 'PARTICIPANT_LEFT'])
  if (type === 'PARTICIPANT_JOINED') view.participants.add(participant.vendorId)
  else view.participants.delete(participant.vendorId)
}

describe('compareSnapshots', () => {
  test('lists events that turn each snapshot into the next one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySnapshot, { minLength: 2, maxLength: 6 }), async (snapshots) => {
        const views = toViews(snapshots[0]!)
        for (const [index, after] of snapshots.slice(1).entries()) {
          const before = snapshots[index]!
          const events = await compareSnapshots(before, after, fields, 7)
          for (const event of events) apply(views, event)
          expect(views).toEqual(toViews(after))
          const changed = events.filter(({ type }) => type === 'CHANGED').map(({ conferenceId }) => conferenceId)
          const isChanged = ([id, { fields: text }]: [string, PolledConference]) =>
            before.has(id) && before.get(id)!.fields !== text
          expect(changed).toEqual([...after].filter(isChanged).map(([id]) => id))
        }
      }),
      runs(300, 20_000),
    )
  })

  test('names the fields that changed, and ignores the order of tags', async () => {
    const toPolled = (changes: Partial<Conference>): ReadonlyMap<string, PolledConference> => {
      const text = formatComparedFields(conference(changes), fields)
      return new Map([['c', { fields: text, isRunning: false, participants: null, isListed: true }]])
    }
    const long = 'A description that is longer than what is kept. '.repeat(20)
    const before = toPolled({ title: 'A', description: long, tags: ['x', 'y'] })
    const after = toPolled({ title: 'B', description: `${long}.`, tags: ['y', 'x'] })
    expect(await compareSnapshots(before, after, fields, 7)).toEqual([
      {
        type: 'CHANGED',
        conferenceId: 'c',
        occurredAt: 7,
        changed: ['title', 'description'],
        participant: null,
        raw: null,
      },
    ])
  })

  test('reports no participants of a conference whose participants were not read before', async () => {
    const running = (participants: PolledConference['participants']): PolledConference => ({
      fields: '',
      isRunning: true,
      participants,
      isListed: true,
    })
    const read = running(new Map([['p', person('p')]]))
    expect(await compareSnapshots(new Map([['c', running(null)]]), new Map([['c', read]]), fields, 7)).toEqual([])
    expect(await compareSnapshots(new Map([['c', read]]), new Map([['c', running(null)]]), fields, 7)).toEqual([])
  })
})

describe('formatComparedFields', () => {
  const weekly = (nextStartsAt: string, timeZone: string | null = null): Schedule => ({
    kind: 'recurring',
    rrule: 'FREQ=WEEKLY;BYDAY=MO,WE',
    nextStartsAt: new Date(nextStartsAt),
    durationMinutes: 30,
    timeZone,
  })
  const format = (schedule: Schedule): string => formatComparedFields(conference({ schedule }), fields)

  test('ignores the next start of a series, but not its time of day', () => {
    const first = format(weekly('2026-11-30T09:30:00Z'))
    expect(format(weekly('2026-12-02T09:30:00Z'))).toBe(first)
    expect(format(weekly('2026-12-02T10:30:00Z'))).not.toBe(first)
  })

  test('ignores a change to or from daylight saving time', () => {
    const summer = format(weekly('2026-10-21T07:30:00Z', 'Europe/Berlin'))
    expect(format(weekly('2026-10-26T08:30:00Z', 'Europe/Berlin'))).toBe(summer)
  })

  test('does not ignore the start of a single meeting', () => {
    const once = (startsAt: string): Schedule => ({
      kind: 'once',
      startsAt: new Date(startsAt),
      durationMinutes: 30,
      timeZone: null,
    })
    expect(format(once('2026-11-30T09:30:00Z'))).not.toBe(format(once('2026-12-01T09:30:00Z')))
  })
})
