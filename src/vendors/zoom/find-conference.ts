import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { getItemId, requireId } from '../kit/lenient.ts'
import { createReferenceProblem } from '../kit/problems.ts'
import type { ConferenceReference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import { getMeetingNumber } from './join-link.ts'
import { readMeetingBy } from './meetings.ts'
import { toMeetingPathValue } from './path-values.ts'

/** A meeting number as invitations contain it, with spaces and dashes. */
const writtenNumber = /^[\d \u00a0-]+$/
const maxDigits = 19
/** A session's UUID: base64 of 16 bytes, with some tolerance, because Zoom does not define its form. */
const uuid = /^[\w+/-]{16,40}={0,2}$/

/** Finds a meeting by its join link or number (one vendor call), or by the UUID of one of its sessions. */
export async function findConference(
  client: VendorClient,
  apiUrl: string,
  ref: ConferenceReference,
  call: CallContext,
): Promise<Conference | null> {
  if ('joinUrl' in ref) {
    const number = getMeetingNumber(ref.joinUrl, apiUrl)
    return number === null ? null : findMeeting(client, number, call)
  }
  const number = writtenNumber.test(ref.vendorId) ? ref.vendorId.replace(/\D/g, '') : ''
  if (number !== '' && number.length <= maxDigits) return findMeeting(client, number, call)
  if (number === '' && uuid.test(ref.vendorId)) return findMeetingOfSession(client, ref.vendorId, call)
  throw createReferenceProblem('vendorId', 'must be a meeting number, or the UUID of a session')
}

/** Finds a meeting by its number, or by the UUID of its current session. */
async function findMeeting(client: VendorClient, id: string, call: CallContext): Promise<Conference | null> {
  try {
    return (await readMeetingBy(client, id, call)).conference
  } catch (error) {
    // Zoom reports 300 for a number that no meeting can have, and for a UUID if it accepts only meeting numbers.
    if (error instanceof Problem && (error.code === 'NOT_FOUND' || error.vendorCode === '300')) return null
    throw error
  }
}

/** Finds the meeting of a session by the session's UUID (`GET /past_meetings/{meetingId}`). */
async function findMeetingOfSession(client: VendorClient, uuid: string, call: CallContext): Promise<Conference | null> {
  const number = await fetchMeetingNumber(client, uuid, call).catch((error: unknown) => {
    if (error instanceof Problem && !error.retryable) return error
    throw error
  })
  if (typeof number === 'string') return findMeeting(client, number, call)
  // A session that is running is not a past meeting, and an app can lack the scope for past meetings.
  const conference = await findMeeting(client, uuid, call)
  if (conference === null && number.code !== 'NOT_FOUND') throw number
  return conference
}

/** Returns the number of the meeting that a session belongs to. */
const fetchMeetingNumber = async (client: VendorClient, uuid: string, call: CallContext): Promise<string> => {
  const options = { schema: requireNumber, subject: { kind: 'conferences' }, rateLimit: 'light' } as const
  return client.read(path`/past_meetings/${toMeetingPathValue(uuid)}`, options, call)
}

/** @throws `VENDOR_BAD_RESPONSE` if the session has no meeting number. */
const requireNumber = (raw: unknown): string => requireId(getItemId(raw))
