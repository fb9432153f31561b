import type { Context } from '../context.ts'
import type { Plan } from '../operations/request.ts'
import { builder } from './builder.ts'
import { memberOf, targetOf, unlessGone } from './input.ts'
import { mutate, MutationPayload, type Payload } from './payload.ts'

const DeleteConferenceInput = builder.inputType('DeleteConferenceInput', {
  fields: (t) => ({
    conferenceId: t.id({ required: true }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

interface DeletePayload extends Payload {
  conferenceId: string
}

const DeleteConferencePayload = builder.objectRef<DeletePayload>('DeleteConferencePayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    deletedConferenceId: t.id({
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
    nullable: false,
    args: { input: t.arg({ type: DeleteConferenceInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { conferenceId } = input
      const payload = await mutate(context, 'deleteConference', input, () => planDeletion(conferenceId, context))
      return { ...payload, conferenceId }
    },
  }),
)
