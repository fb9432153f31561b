import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { ConferenceChanges } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import { validateVendorOptions } from './conference-create.ts'
import {
  createInputProblem,
  validateTitle,
  getVendorMember,
  toSchedule,
  ScheduleInput,
  resolveTarget,
  mapNotFound,
} from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { requires, sharedDescriptions } from './shared-descriptions.ts'

const UpdateConferenceInput = builder.inputType('UpdateConferenceInput', {
  description: 'What is absent, or null, stays as it is.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    title: t.string({ description: '1 to 200 characters, no control characters.' }),
    description: t.string({ description: 'Description. Omitted: unchanged.' }),
    mode: t.field({ type: ConferenceMode, description: 'Conference mode. Omitted: unchanged.' }),
    schedule: t.field({ type: ScheduleInput, description: 'New schedule. Omitted: unchanged.' }),
    maxParticipants: t.int({ description: 'Number of people who can be in it at the same time. Omitted: unchanged.' }),
    allowGuests: t.boolean({
      description: 'Whether people without a vendor account can join. Omitted: unchanged.',
    }),
    tags: t.stringList({ description: 'Tags, which replace all tags of the conference. Omitted: unchanged.' }),
    vendorOptions: t.field({
      type: 'JSON',
      description: "Settings of the vendor's own that the schema has no field for, sent as they are.",
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const UpdateConferencePayload = builder.objectRef<Payload>('UpdateConferencePayload').implement({
  description: 'The answer of `updateConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      description: sharedDescriptions.conference,
      resolve: (payload, _, context) => getResultObject(payload, 'Conference', context),
    }),
  }),
})

type UpdateInput = typeof UpdateConferenceInput.$inferInput

function planUpdate(input: UpdateInput, context: Context): MutationPlan {
  const place = 'input.conferenceId'
  const { account, parts } = resolveTarget(input.conferenceId, place, 'Conference', context)
  const [id] = parts
  const update = getVendorMember(account, 'updateConference', place.split('.'))
  const changes = toConferenceChanges(input)
  return {
    account,
    lookup: changes.vendorOptions ? null : { kind: 'updated', id, changes },
    execute: async (call) => {
      const { conference, problems } = await update(id, changes, call).catch(mapNotFound(place, 'Conference'))
      return { answer: { type: 'Conference', value: conference }, problems }
    },
  }
}

function toConferenceChanges({ title, schedule, vendorOptions, ...input }: UpdateInput): ConferenceChanges {
  const { description, mode, maxParticipants, allowGuests, tags } = input
  const options = validateVendorOptions(vendorOptions)
  const changes: ConferenceChanges = {
    ...(title == null ? {} : { title: validateTitle(title) }),
    ...(description == null ? {} : { description }),
    ...(mode == null ? {} : { mode }),
    ...(schedule == null ? {} : { schedule: toSchedule(schedule) }),
    ...(maxParticipants == null ? {} : { maxParticipants }),
    ...(allowGuests == null ? {} : { allowGuests }),
    ...(tags == null ? {} : { tags }),
    ...(options === null ? {} : { vendorOptions: options }),
  }
  if (Object.keys(changes).length === 0) throw createInputProblem(['input'], 'must name something to change')
  return changes
}

builder.mutationField('updateConference', (t) =>
  t.field({
    type: UpdateConferencePayload,
    description: `Updates a conference. Omitted fields are unchanged. ${requires('UPDATE_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: UpdateConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'updateConference', input, () => planUpdate(input, context)),
  }),
)
