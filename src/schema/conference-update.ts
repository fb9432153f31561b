import type { Context } from '../context.ts'
import type { Plan } from '../operations/request.ts'
import type { ConferenceChanges } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import { optionsOf } from './conference-create.ts'
import { badInput, checkedTitle, memberOf, scheduleOf, ScheduleInput, targetOf, unlessGone } from './input.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'

const UpdateConferenceInput = builder.inputType('UpdateConferenceInput', {
  description: 'What is absent, or null, stays as it is.',
  fields: (t) => ({
    conferenceId: t.id({ required: true }),
    title: t.string(),
    description: t.string(),
    mode: t.field({ type: ConferenceMode }),
    schedule: t.field({ type: ScheduleInput }),
    maxParticipants: t.int(),
    allowGuests: t.boolean(),
    tags: t.stringList(),
    vendorOptions: t.field({ type: 'JSON' }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

const UpdateConferencePayload = builder.objectRef<Payload>('UpdateConferencePayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      resolve: (payload, _, context) => answered(payload, 'Conference', context),
    }),
  }),
})

type Input = typeof UpdateConferenceInput.$inferInput

function planUpdate(input: Input, context: Context): Plan {
  const place = 'input.conferenceId'
  const { account, parts } = targetOf(input.conferenceId, place, 'Conference', context)
  const [id] = parts
  const update = memberOf(account, 'updateConference', place.split('.'))
  const changes = changesOf(input)
  return {
    account,
    lookup: changes.vendorOptions ? null : { kind: 'updated', id, changes },
    perform: async (call) => {
      const conference = await update(id, changes, call).catch(unlessGone(place, 'Conference'))
      return { answer: { type: 'Conference', value: conference } }
    },
  }
}

function changesOf({ title, schedule, vendorOptions, ...input }: Input): ConferenceChanges {
  const { description, mode, maxParticipants, allowGuests, tags } = input
  const options = optionsOf(vendorOptions)
  const changes: ConferenceChanges = {
    ...(title == null ? {} : { title: checkedTitle(title) }),
    ...(description == null ? {} : { description }),
    ...(mode == null ? {} : { mode }),
    ...(schedule == null ? {} : { schedule: scheduleOf(schedule) }),
    ...(maxParticipants == null ? {} : { maxParticipants }),
    ...(allowGuests == null ? {} : { allowGuests }),
    ...(tags == null ? {} : { tags }),
    ...(options === null ? {} : { vendorOptions: options }),
  }
  if (Object.keys(changes).length === 0) throw badInput(['input'], 'must name something to change')
  return changes
}

builder.mutationField('updateConference', (t) =>
  t.field({
    type: UpdateConferencePayload,
    nullable: false,
    args: { input: t.arg({ type: UpdateConferenceInput, required: true }) },
    resolve: (_, { input }, context) => mutate(context, 'updateConference', input, () => planUpdate(input, context)),
  }),
)
