import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { ConferenceChanges } from '../vendors/vendor-inputs.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import { validateVendorOptions } from './conference-create.ts'
import {
  createFieldProblem,
  validateConferenceTitle,
  getVendorMember,
  toSchedule,
  ScheduleInput,
  resolveTarget,
  mapNotFound,
} from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions, titleRule } from './shared-descriptions.ts'

const UpdateConferenceInput = builder.inputType('UpdateConferenceInput', {
  description:
    'Input for `updateConference`. Omitted or null fields are unchanged; at least one must be set. An input that the vendor does not support is rejected with `UNSUPPORTED_BY_VENDOR`, with its path, before any vendor call.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    title: t.string({ description: `New title, ${titleRule}` }),
    description: t.string({ description: 'New description for participants, at most 10,000 characters.' }),
    mode: t.field({ type: ConferenceMode, description: 'How participants are shown and heard.' }),
    schedule: t.field({ type: ScheduleInput, description: 'When the conference takes place.' }),
    maxParticipants: t.int({ description: 'Maximum number of simultaneous participants.' }),
    allowGuests: t.boolean({
      description: 'Whether people without a vendor account can join.',
    }),
    tags: t.stringList({ description: 'Tags that replace all tags of the conference, at most 100 characters each.' }),
    vendorOptions: t.field({
      type: 'JSON',
      description: sharedDescriptions.vendorOptions,
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const UpdateConferencePayload = builder.objectRef<Payload>('UpdateConferencePayload').implement({
  description: 'Payload of `updateConference`.',
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
  const inputPath = 'input.conferenceId'
  const { account, parts } = resolveTarget(input.conferenceId, inputPath, 'Conference', context)
  const [id] = parts
  const update = getVendorMember(account, 'updateConference', inputPath.split('.'))
  const changes = toConferenceChanges(input)
  return {
    account,
    change: { kind: 'conferences', conferenceId: id },
    lookup: changes.vendorOptions ? null : { kind: 'updated', id, changes },
    execute: async (call) => {
      const { conference, problems } = await update(id, changes, call).catch(mapNotFound(inputPath, 'Conference'))
      return { result: { type: 'Conference', value: conference }, problems }
    },
  }
}

function toConferenceChanges({ title, schedule, vendorOptions, ...input }: UpdateInput): ConferenceChanges {
  const { description, mode, maxParticipants, allowGuests, tags } = input
  const options = validateVendorOptions(vendorOptions)
  const changes: ConferenceChanges = {
    ...(title == null ? {} : { title: validateConferenceTitle(title) }),
    ...(description == null ? {} : { description }),
    ...(mode == null ? {} : { mode }),
    ...(schedule == null ? {} : { schedule: toSchedule(schedule) }),
    ...(maxParticipants == null ? {} : { maxParticipants }),
    ...(allowGuests == null ? {} : { allowGuests }),
    ...(tags == null ? {} : { tags }),
    ...(options === null ? {} : { vendorOptions: options }),
  }
  if (Object.keys(changes).length === 0)
    throw createFieldProblem(['input'], 'must contain at least one field to change')
  return changes
}

builder.mutationField('updateConference', (t) =>
  t.field({
    type: UpdateConferencePayload,
    description: `Updates a conference. Omitted or null fields are unchanged. Changes that the vendor ignored are reported in \`problems\`. ${describeRequirement('UPDATE_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: UpdateConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'updateConference', input, () => planUpdate(input, context)),
  }),
)
