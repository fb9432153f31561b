import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import { builder } from './builder.ts'
import { assertScope } from './credentials.ts'
import { getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const DeleteRecordingInput = builder.inputType('DeleteRecordingInput', {
  description: 'Input for `deleteRecording`.',
  fields: (t) => ({
    recordingId: t.id({
      required: true,
      description:
        'ID of the recording. Fails with `NOT_FOUND` if the recording does not exist or you do not have access to it.',
    }),
    permanently: t.boolean({
      required: true,
      defaultValue: false,
      description: "Whether to delete the file permanently at once, instead of moving it to the vendor's trash.",
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

interface DeleteRecordingPayload extends Payload {
  recordingId: string
}

const DeleteRecordingPayloadRef = builder.objectRef<DeleteRecordingPayload>('DeleteRecordingPayload').implement({
  description: 'Payload of `deleteRecording`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    deletedRecordingId: t.id({
      description: 'ID of the deleted recording. Null if the recording is not known to be deleted.',
      resolve: ({ outcome, recordingId }) => (outcome === 'SUCCEEDED' ? recordingId : null),
    }),
  }),
})

function planDeletion(
  { recordingId, permanently }: typeof DeleteRecordingInput.$inferInput,
  context: Context,
): MutationPlan {
  assertScope(context, 'deleteRecording', 'recordings')
  const inputPath = 'input.recordingId'
  const { account, parts } = resolveTarget(recordingId, inputPath, 'Recording', context)
  const [parentId, id] = parts
  const remove = getVendorMember(account, 'deleteRecording', inputPath.split('.'))
  return {
    account,
    change: null,
    lookup: { kind: 'recordingDeleted', parentId, id },
    execute: async (call) => {
      await remove(parentId, id, permanently, call).catch(mapNotFound(inputPath, 'Recording'))
      return { result: null }
    },
  }
}

builder.mutationField('deleteRecording', (t) =>
  t.field({
    type: DeleteRecordingPayloadRef,
    description: `Deletes one recording. Requires the scopes \`write\` and \`recordings\`. ${describeRequirement('DELETE_RECORDING')}`,
    nullable: false,
    args: { input: t.arg({ type: DeleteRecordingInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const payload = await resolveMutation(context, 'deleteRecording', input, () => planDeletion(input, context))
      return { ...payload, recordingId: input.recordingId }
    },
  }),
)
