import type { Conference, Participant } from '../vendors/vendor-objects.ts'
import type { OperationResult } from './store.ts'

const conferenceFields = Object.keys({
  vendorId: true,
  kind: true,
  title: true,
  description: true,
  mode: true,
  state: true,
  schedule: true,
  ownerId: true,
  maxParticipants: true,
  allowGuests: true,
  tags: true,
  joinUrl: true,
  createdAt: true,
  raw: true,
} satisfies Record<Exclude<keyof Conference, 'unlisted' | 'findOccurrences'>, true>)

const participantFields = Object.keys({
  vendorId: true,
  conferenceId: true,
  userId: true,
  displayName: true,
  email: true,
  role: true,
  status: true,
  joinedAt: true,
  leftAt: true,
  joinUrl: true,
  raw: true,
} satisfies Record<keyof Participant, true>)

/** Returns a result with a copy of its object. The object of a vendor client can compute its fields when they are read. */
export function copyResult(result: OperationResult | null): OperationResult | null {
  if (result === null || result.type === 'UploadedFile' || result.type === 'Occurrence') return result
  const fields = result.type === 'Conference' ? conferenceFields : participantFields
  const value = Object.fromEntries(fields.map((name) => [name, result.value[name as keyof typeof result.value]]))
  return { ...result, value } as unknown as OperationResult
}
