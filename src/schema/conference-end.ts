import type { Context } from '../context.ts'
import type { Plan } from '../operations/request.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { memberOf, targetOf, unlessGone } from './input.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'

const EndConferenceInput = builder.inputType('EndConferenceInput', {
  fields: (t) => ({
    conferenceId: t.id({ required: true }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

const EndConferencePayload = builder.objectRef<Payload>('EndConferencePayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      resolve: (payload, _, context) => answered(payload, 'Conference', context),
    }),
  }),
})

function planEnd(conferenceId: string, context: Context): Plan {
  const place = 'input.conferenceId'
  const { account, parts } = targetOf(conferenceId, place, 'Conference', context)
  const [id] = parts
  const end = memberOf(account, 'endConference', place.split('.'))
  return {
    account,
    lookup: { kind: 'ended', id },
    perform: async (call) => {
      const conference = await end(id, call).catch(unlessGone(place, 'Conference'))
      return { answer: { type: 'Conference', value: conference } }
    },
  }
}

builder.mutationField('endConference', (t) =>
  t.field({
    type: EndConferencePayload,
    nullable: false,
    args: { input: t.arg({ type: EndConferenceInput, required: true }) },
    resolve: (_, { input }, context) =>
      mutate(context, 'endConference', input, () => planEnd(input.conferenceId, context)),
  }),
)
