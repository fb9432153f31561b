import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const EndConferenceInput = builder.inputType('EndConferenceInput', {
  description: 'Input for `endConference`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const EndConferencePayload = builder.objectRef<Payload>('EndConferencePayload').implement({
  description: 'Payload of `endConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      description: sharedDescriptions.conference,
      resolve: (payload, _, context) => getResultObject(payload, 'Conference', context),
    }),
  }),
})

function planEnd(conferenceId: string, context: Context): MutationPlan {
  const inputPath = 'input.conferenceId'
  const { account, parts } = resolveTarget(conferenceId, inputPath, 'Conference', context)
  const [id] = parts
  const end = getVendorMember(account, 'endConference', inputPath.split('.'))
  return {
    account,
    change: { kind: 'conferences', conferenceId: id },
    lookup: { kind: 'ended', id },
    execute: async (call) => {
      const conference = await end(id, call).catch(mapNotFound(inputPath, 'Conference'))
      return { result: { type: 'Conference', value: conference } }
    },
  }
}

builder.mutationField('endConference', (t) =>
  t.field({
    type: EndConferencePayload,
    description: `Ends a running conference for all participants. The conference is not deleted. ${describeRequirement('END_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: EndConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'endConference', input, () => planEnd(input.conferenceId, context)),
  }),
)
