import type { Context } from './context.ts'
import type { Plan } from '../operations/request.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { memberOf, targetOf, unlessGone } from './input.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'
import { requires, wording } from './wording.ts'

const EndConferenceInput = builder.inputType('EndConferenceInput', {
  description: 'The input of `endConference`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: wording.conferenceId }),
    idempotencyKey: t.string({ description: wording.idempotencyKey }),
    clientMutationId: t.string({ description: wording.clientMutationId }),
  }),
})

const EndConferencePayload = builder.objectRef<Payload>('EndConferencePayload').implement({
  description: 'The answer of `endConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      description: wording.conference,
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
    description: `Ends a running conference for everybody. The conference stays in the list. ${requires('END_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: EndConferenceInput, required: true, description: wording.input }) },
    resolve: (_, { input }, context) =>
      mutate(context, 'endConference', input, () => planEnd(input.conferenceId, context)),
  }),
)
