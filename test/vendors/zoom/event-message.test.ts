import { describe, expect, test } from 'vitest'
import { readEventMessage } from '../../../src/vendors/zoom/event-message.ts'
import { ZoomParticipant } from '../../../src/vendors/zoom/participant.ts'
import type { VendorEvent, VendorMessage } from '../../../src/vendors/vendor-events.ts'

const eventTs = 1_626_230_691_572
const meeting = {
  id: '1234567890',
  uuid: '4444AAAiAAAAAiAiAiiAii==',
  host_id: 'x1yCzABCDEfg23HiJKl4mN',
  topic: 'My Meeting',
  type: 8,
  start_time: '2021-07-13T21:44:51Z',
  timezone: 'America/Los_Angeles',
  duration: 60,
}
const participant = {
  user_id: '16778240',
  user_name: 'Jill Chill',
  id: 'iFxeBPYun6SAiWUzBcEkX',
  participant_uuid: '55555AAAiAAAAAiAiAiiAii',
  join_time: '2021-07-13T21:44:51Z',
  email: 'jchill@example.com',
  participant_user_id: 'rstuvwxyza789-cde',
}

const createEnvelope = (event: unknown, object: unknown = meeting, payload: object = {}) => ({
  event,
  event_ts: eventTs,
  payload: { account_id: 'AAAAAABBBB', object, ...payload },
})

const read = (envelope: unknown, accountId: string | null = 'AAAAAABBBB') => readEventMessage(envelope, accountId)

function readMessage(envelope: unknown): VendorMessage {
  const result = read(envelope)
  if (result.kind !== 'message') throw new Error(result.kind)
  return result.message
}

function readEvent(envelope: unknown): VendorEvent {
  const { event } = readMessage(envelope)
  if (event === null) throw new Error('No event')
  return event
}

describe('readEventMessage', () => {
  test.each([
    ['meeting.started', {}, 'STARTED', []],
    ['meeting.ended', {}, 'ENDED', []],
    ['meeting.created', { operation: 'all' }, 'CREATED', []],
    ['meeting.recovered', {}, 'CREATED', []],
    ['meeting.updated', { old_object: { topic: 'Old' } }, 'CHANGED', ['title']],
    ['meeting.deleted', { operation: 'single' }, 'CHANGED', ['schedule']],
    ['meeting.deleted', { operation: 'all' }, 'DELETED', []],
    ['meeting.deleted', {}, 'DELETED', []],
    ['meeting.participant_joined', {}, 'PARTICIPANT_JOINED', []],
    ['meeting.participant_left', {}, 'PARTICIPANT_LEFT', []],
    ['recording.completed', {}, 'RECORDING_READY', []],
  ])('reads %s with %j as %s', (name, payload, type, changed) => {
    expect(readMessage(createEnvelope(name, meeting, payload))).toMatchObject({
      occurredAt: eventTs,
      event: { type, conferenceId: '1234567890', occurredAt: eventTs, changed, participant: null },
      outdatedConference: '1234567890',
      areUsersOutdated: false,
    })
  })

  test.each(['meeting.permanently_deleted', 'meeting.registration_created', 'meeting.sharing_started'])(
    'reports that %s makes the cached meeting outdated, without an event',
    (name) => {
      expect(readMessage(createEnvelope(name))).toMatchObject({ event: null, outdatedConference: '1234567890' })
    },
  )

  test.each([{ id: 'abcD3ojfdbjfg' }, { email: 'jill@example.com' }, null])(
    'reports that an event of the user %j makes the cached users outdated',
    (user) => {
      expect(readMessage(createEnvelope('user.updated', user))).toMatchObject({
        event: null,
        outdatedConference: null,
        areUsersOutdated: true,
      })
    },
  )

  test.each(['webinar.started', 'constructor', '__proto__', 'toString', '', 'MEETING.STARTED', 'meeting'])(
    'ignores the event %j',
    (name) => {
      expect(read(createEnvelope(name))).toEqual({ kind: 'ignored' })
    },
  )

  test('ignores messages for another account', () => {
    expect(read(createEnvelope('meeting.started', {}, { account_id: 'another' }))).toEqual({ kind: 'ignored' })
    expect(read(createEnvelope('meeting.started'), null).kind).toBe('message')
    expect(read(createEnvelope('meeting.started', meeting, { account_id: {} })).kind).toBe('message')
  })

  test.each([
    ['that is null', null],
    ['that is a list', []],
    ['that is a number', 7],
    ['that is a text', 'text'],
    ['without members', {}],
    ['whose event is a number', createEnvelope(7)],
    ['whose object is null', createEnvelope('meeting.started', null)],
    ['without an ID', createEnvelope('meeting.started', {})],
    ['whose ID is an object', createEnvelope('meeting.started', { id: {} })],
    ['whose ID is a fraction', createEnvelope('meeting.started', { id: 1.5 })],
    ['whose ID is negative', createEnvelope('meeting.started', { id: -1 })],
    ['whose ID is 1e21', createEnvelope('meeting.started', { id: 1e21 })],
    ['whose ID is a path', createEnvelope('meeting.started', { id: '../users' })],
    ['whose ID has 129 digits', createEnvelope('meeting.started', { id: '1'.repeat(129) })],
    ['without a time', { ...createEnvelope('meeting.started'), event_ts: undefined }],
    ['whose time is a word', { ...createEnvelope('meeting.started'), event_ts: 'yesterday' }],
    ['whose time is a Boolean', { ...createEnvelope('meeting.started'), event_ts: true }],
    ['whose time is negative', { ...createEnvelope('meeting.started'), event_ts: -5 }],
    ['without a payload', { event: 'meeting.started', event_ts: eventTs }],
    ['whose payload is a list', { event: 'meeting.started', event_ts: eventTs, payload: [] }],
  ])('does not read an envelope %s', (_, envelope) => {
    expect(read(envelope)).toEqual({ kind: 'unreadable' })
  })

  test('reads an event whose other fields are missing or of another type', () => {
    const odd = { id: 1_234_567_890, uuid: [], host_id: 7, topic: {}, participant: { user_id: {}, id: 12 } }
    expect(readEvent(createEnvelope('meeting.participant_joined', odd, { old_object: 5 }))).toMatchObject({
      conferenceId: '1234567890',
      participant: { vendorId: 'live:12:', userId: '12', displayName: null, email: null, joinedAt: null },
    })
    expect(readEvent(createEnvelope('meeting.participant_left', { id: 5, participant: [] })).participant).toBeNull()
    expect(readEvent(createEnvelope('meeting.updated', { id: 5 }, { old_object: 'text' })).changed).toEqual([])
  })

  test('names the fields of Conference that differ from the old object', () => {
    const values = { ...meeting, agenda: 'New', settings: { meeting_authentication: true, jbh_time: 0 } }
    const old = { ...values, topic: 'Old', duration: 30, password: 'x', settings: { meeting_authentication: false } }
    expect(readEvent(createEnvelope('meeting.updated', values, { old_object: old })).changed).toEqual([
      'title',
      'schedule',
      'allowGuests',
    ])
  })
})

describe('identity of a message', () => {
  const withParticipant = { ...meeting, participant }
  const { identity } = readMessage(createEnvelope('meeting.participant_joined', withParticipant))

  test('is short and contains no IDs', () => {
    expect(identity.length).toBeLessThanOrEqual(64)
    expect(identity).not.toContain(meeting.id)
  })

  test('is equal if only links, texts, or the types of IDs differ', () => {
    const other = {
      ...withParticipant,
      id: 1_234_567_890,
      topic: 'Another',
      download_url: 'https://example.com/2',
      participant: { ...participant, user_id: 16_778_240 },
    }
    const envelope = createEnvelope('meeting.participant_joined', other, { download_token: 'y' })
    expect(readMessage({ ...envelope, event_ts: String(eventTs), download_token: 'x' }).identity).toBe(identity)
  })

  test.each([
    createEnvelope('meeting.participant_left', withParticipant),
    { ...createEnvelope('meeting.participant_joined', withParticipant), event_ts: eventTs + 1 },
    createEnvelope('meeting.participant_joined', { ...withParticipant, id: 5 }),
    createEnvelope('meeting.participant_joined', { ...withParticipant, uuid: 'another' }),
    createEnvelope('meeting.participant_joined', { ...meeting, participant: { ...participant, user_id: '5' } }),
    createEnvelope('meeting.participant_joined', { ...meeting, participant: { ...participant, id: '5' } }),
    createEnvelope('meeting.participant_joined', meeting),
  ])('differs for another event, time, meeting, session, or participant', (envelope) => {
    expect(readMessage(envelope).identity).not.toBe(identity)
  })
})

describe('participant of an event', () => {
  test('has the ID that the list of the running meeting reports', () => {
    const listed = new ZoomParticipant('live', meeting.id, { ...participant, role: 'attendee', status: 'in_meeting' })
    const event = readEvent(createEnvelope('meeting.participant_joined', { ...meeting, participant }))
    expect(event.participant).toEqual({
      vendorId: listed.vendorId,
      userId: 'rstuvwxyza789-cde',
      displayName: 'Jill Chill',
      email: 'jchill@example.com',
      role: 'UNKNOWN',
      status: 'JOINED',
      joinedAt: Date.parse('2021-07-13T21:44:51Z'),
      leftAt: null,
    })
  })

  test('has the time of the event if Zoom calls it date_time', () => {
    const { join_time, ...rest } = participant
    const joined = { ...rest, date_time: join_time }
    expect(
      readEvent(createEnvelope('meeting.participant_joined', { ...meeting, participant: joined })).participant,
    ).toMatchObject({ vendorId: `live:16778240:${join_time}`, joinedAt: Date.parse(join_time) })
    const left = { ...participant, date_time: '2021-07-13T22:00:00Z' }
    expect(
      readEvent(createEnvelope('meeting.participant_left', { ...meeting, participant: left })).participant,
    ).toMatchObject({ vendorId: `live:16778240:${join_time}`, leftAt: Date.parse('2021-07-13T22:00:00Z') })
  })

  test('is the owner if the host joined', () => {
    const host = { ...participant, participant_user_id: meeting.host_id }
    const event = readEvent(createEnvelope('meeting.participant_joined', { ...meeting, participant: host }))
    expect(event.participant).toMatchObject({ userId: meeting.host_id, role: 'OWNER' })
  })

  test('has no long texts', () => {
    const long = { ...participant, user_name: 'n'.repeat(5_000), email: `${'e'.repeat(5_000)}@example.com` }
    const event = readEvent(createEnvelope('meeting.participant_joined', { ...meeting, participant: long }))
    expect(event.participant).toMatchObject({ displayName: 'n'.repeat(1_000), email: null })
  })
})

describe('raw message of an event', () => {
  test('has no passcodes, tokens, start URLs, or links to recordings', () => {
    const object = {
      ...meeting,
      password: 'hidden',
      pstn_password: 'hidden',
      h323_passcode: 'hidden',
      recording_play_passcode: 'hidden',
      start_url: 'https://example.com/s/1?zak=hidden',
      join_url: 'https://example.com/j/1?pwd=hidden#hidden',
      share_url: 'https://hidden@example.com/rec/share/1',
      recording_files: [
        {
          id: 'f1',
          download_url: 'https://example.com/rec/download/hidden',
          play_url: 'https://example.com/rec/play/hidden',
          passcode: 'hidden',
        },
      ],
    }
    const envelope = { ...createEnvelope('recording.completed', object), download_token: 'hidden' }
    const { raw } = readEvent(envelope)
    expect(JSON.stringify(raw)).not.toContain('hidden')
    expect(raw).toMatchObject({
      event: 'recording.completed',
      payload: {
        object: {
          topic: 'My Meeting',
          join_url: 'https://example.com/j/1',
          share_url: 'https://example.com/rec/share/1',
          recording_files: [{ id: 'f1' }],
        },
      },
    })
  })

  test('is null above 64 KiB', () => {
    const hasRaw = (length: number) =>
      readEvent(createEnvelope('meeting.started', { ...meeting, topic: 'é'.repeat(length) })).raw !== null
    expect([hasRaw(32_000), hasRaw(33_000)]).toEqual([true, false])
  })
})
