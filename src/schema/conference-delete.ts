import type { Context } from './context.ts'
import type { Plan } from '../operations/request.ts'
import { builder } from './builder.ts'
import { memberOf, targetOf, unlessGone } from './input.ts'
import { mutate, MutationPayload, type Payload } from './payload.ts'
import { requires, wording } from './wording.ts'

const DeleteConferenceInput = builder.inputType('DeleteConferenceInput', {
  description: 'The input of `deleteConference`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: wording.conferenceId }),
    idempotencyKey: t.string({ description: wording.idempotencyKey }),
    clientMutationId: t.string({ description: wording.clientMutationId }),
  }),
})

interface DeletePayload extends Payload {
  conferenceId: string
}

const DeleteConferencePayload = builder.objectRef<DeletePayload>('DeleteConferencePayload').implement({
  description: 'The answer of `deleteConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    deletedConferenceId: t.id({
      description: 'The id that was given, where it is deleted; else null.',
      resolve: ({ outcome, conferenceId }) => (outcome === 'SUCCEEDED' ? conferenceId : null),
    }),
  }),
})

function planDeletion(conferenceId: string, context: Context): Plan {
  const place = 'input.conferenceId'
  const { account, parts } = targetOf(conferenceId, place, 'Conference', context)
  const [id] = parts
  const remove = memberOf(account, 'deleteConference', place.split('.'))
  return {
    account,
    lookup: { kind: 'deleted', id },
    perform: async (call) => {
      await remove(id, call).catch(unlessGone(place, 'Conference'))
      return { answer: null }
    },
  }
}

builder.mutationField('deleteConference', (t) =>
  t.field({
    type: DeleteConferencePayload,
    description: `Deletes a conference. ${requires('DELETE_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: DeleteConferenceInput, required: true, description: wording.input }) },
    resolve: async (_, { input }, context) => {
      const { conferenceId } = input
      const payload = await mutate(context, 'deleteConference', input, () => planDeletion(conferenceId, context))
      return { ...payload, conferenceId }
    },
  }),
)
