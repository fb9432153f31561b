import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEventMessage } from '../../../src/vendors/zoom/event-message.ts'
import { anyText, hasNameWithBackslash, runs } from '../../support/property.ts'

const names = ['meeting.started', 'meeting.updated', 'meeting.deleted', 'meeting.participant_joined', 'user.updated']
const anyJson = fc.jsonValue({ maxDepth: 3 }).filter((value) => !hasNameWithBackslash(JSON.stringify(value)))
const anyValue = fc.oneof(anyJson, anyText, fc.constant('a'.repeat(70_000)))
const anyFields = (...fields: string[]) =>
  fc.record(Object.fromEntries(fields.map((field) => [field, anyValue])), { requiredKeys: [] })
const participant = anyFields('user_id', 'id', 'participant_uuid', 'user_name', 'email', 'join_time', 'leave_time')
const meeting = fc
  .tuple(
    anyFields('uuid', 'host_id', 'topic', 'settings', 'start_time'),
    fc.record({ id: fc.oneof(fc.nat(), anyValue), participant: fc.oneof(participant, anyValue) }),
  )
  .map(([fields, others]) => ({ ...fields, ...others }))
const envelope = fc.record({
  event: fc.oneof(fc.constantFrom(...names), anyValue),
  event_ts: fc.oneof(fc.integer({ min: 1_600_000_000_000, max: 1_800_000_000_000 }), anyValue),
  payload: fc.oneof(
    fc.record({
      account_id: fc.constantFrom('a', 'b', null),
      object: meeting,
      old_object: fc.oneof(meeting, anyValue),
    }),
    anyValue,
  ),
  download_token: anyValue,
})

test('reads any message without an error, to a small event without credentials', () => {
  fc.assert(
    fc.property(envelope, (message) => {
      const result = readEventMessage(JSON.parse(JSON.stringify(message)), 'a')
      expect(['message', 'ignored', 'unreadable']).toContain(result.kind)
      if (result.kind !== 'message') return
      const { identity, event, occurredAt } = result.message
      expect(identity.length).toBeLessThanOrEqual(64)
      expect(Number.isFinite(occurredAt)).toBe(true)
      if (event === null) return
      expect(event.conferenceId).toMatch(/^[\w+/=-]{1,128}$/)
      expect(JSON.stringify(event.raw)).not.toContain('download_token')
      expect(JSON.stringify(event).length).toBeLessThan(80_000)
      expect(JSON.parse(JSON.stringify(event))).toEqual(event)
    }),
    runs(300, 20_000),
  )
})

test('reads a message if and only if it has a valid event, time, and ID of the meeting', () => {
  fc.assert(
    fc.property(meeting, fc.constantFrom(...names.slice(0, 4)), fc.nat(), (object, event, id) => {
      const payload = { account_id: 'a', object: { ...object, id } }
      const read = (time: unknown) => readEventMessage({ event, event_ts: time, payload }, 'a')
      expect(read(1_700_000_000_000)).toMatchObject({ kind: 'message', message: { outdatedConference: String(id) } })
      expect(read(null)).toEqual({ kind: 'unreadable' })
    }),
    runs(200, 5_000),
  )
})
