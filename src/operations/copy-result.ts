import type { Conference, Participant } from '../vendors/vendor.ts'
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
} satisfies Record<Exclude<keyof Conference, 'unlisted'>, true>)

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

/** Returns a result with an object of its own, as it is recorded: a vendor's object reads its fields when they are asked for. */
export function copyAnswer(answer: OperationResult | null): OperationResult | null {
  if (answer === null || answer.type === 'UploadedFile') return answer
  const fields = answer.type === 'Conference' ? conferenceFields : participantFields
  const value = Object.fromEntries(fields.map((name) => [name, answer.value[name as keyof typeof answer.value]]))
  return { ...answer, value } as unknown as OperationResult
}
