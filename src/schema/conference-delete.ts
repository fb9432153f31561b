import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import { builder } from './builder.ts'
import { getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const DeleteConferenceInput = builder.inputType('DeleteConferenceInput', {
  description: 'Input for `deleteConference`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

interface DeletePayload extends Payload {
  conferenceId: string
}

const DeleteConferencePayload = builder.objectRef<DeletePayload>('DeleteConferencePayload').implement({
  description: 'Payload of `deleteConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    deletedConferenceId: t.id({
      description: 'ID of the deleted conference. Null if the conference is not known to be deleted.',
      resolve: ({ outcome, conferenceId }) => (outcome === 'SUCCEEDED' ? conferenceId : null),
    }),
  }),
})

function planDeletion(conferenceId: string, context: Context): MutationPlan {
  const inputPath = 'input.conferenceId'
  const { account, parts } = resolveTarget(conferenceId, inputPath, 'Conference', context)
  const [id] = parts
  const remove = getVendorMember(account, 'deleteConference', inputPath.split('.'))
  return {
    account,
    change: { kind: 'conferences', conferenceId: id },
    lookup: { kind: 'deleted', id },
    execute: async (call) => {
      await remove(id, call).catch(mapNotFound(inputPath, 'Conference'))
      return { result: null }
    },
  }
}

builder.mutationField('deleteConference', (t) =>
  t.field({
    type: DeleteConferencePayload,
    description: `Deletes a conference. ${describeRequirement('DELETE_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: DeleteConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const { conferenceId } = input
      const payload = await resolveMutation(context, 'deleteConference', input, () =>
        planDeletion(conferenceId, context),
      )
      return { ...payload, conferenceId }
    },
  }),
)
