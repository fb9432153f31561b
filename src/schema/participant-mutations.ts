import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { Invitee } from '../vendors/vendor-inputs.ts'
import { builder } from './builder.ts'
import { getVendorMember, resolveTarget, mapNotFound, toUserReference, UserRefInput } from './input.ts'
import { ParticipantRef, ParticipantRole } from './participant.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const InviteeInput = builder.inputType('InviteeInput', {
  description: 'Person to invite.',
  fields: (t) => ({
    user: t.field({
      type: UserRefInput,
      required: true,
      description: 'User to invite.',
    }),
    displayName: t.string({
      description: 'Display name in the conference. If omitted, the name of the user.',
    }),
    role: t.field({
      type: ParticipantRole,
      description: 'Role in the conference. Default: `ATTENDEE`. `UNKNOWN` is rejected.',
    }),
  }),
})

const InviteParticipantInput = builder.inputType('InviteParticipantInput', {
  description: 'Input for `inviteParticipant`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    invitee: t.field({ type: InviteeInput, required: true, description: 'Person to invite.' }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const InviteParticipantPayload = builder.objectRef<Payload>('InviteParticipantPayload').implement({
  description: 'Payload of `inviteParticipant`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    participant: t.field({
      type: ParticipantRef,
      description: 'Participant who was invited. Null if the person is not known to be invited.',
      resolve: (payload, _, context) => getResultObject(payload, 'Participant', context),
    }),
  }),
})

function planInvitation(input: typeof InviteParticipantInput.$inferInput, context: Context): MutationPlan {
  const inputPath = 'input.conferenceId'
  const { account, parts } = resolveTarget(input.conferenceId, inputPath, 'Conference', context)
  const [id] = parts
  const invite = getVendorMember(account, 'inviteParticipant', inputPath.split('.'))
  const { user, displayName = null, role = null } = input.invitee
  const invitee: Invitee = { user: toUserReference(user, account, 'input.invitee.user'), displayName, role }
  return {
    account,
    change: { kind: 'conferences', conferenceId: id },
    lookup: { kind: 'invited', id, invitee },
    execute: async (call) => {
      const participant = await invite(id, invitee, call).catch(mapNotFound(inputPath, 'Conference'))
      return { result: { type: 'Participant', value: participant } }
    },
  }
}

const RemoveParticipantInput = builder.inputType('RemoveParticipantInput', {
  description: 'Input for `removeParticipant`.',
  fields: (t) => ({
    participantId: t.id({
      required: true,
      description:
        'ID of the participant. Fails with `NOT_FOUND` if the participant does not exist or you do not have access to it.',
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

interface RemovalPayload extends Payload {
  participantId: string
}

const RemoveParticipantPayload = builder.objectRef<RemovalPayload>('RemoveParticipantPayload').implement({
  description: 'Payload of `removeParticipant`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    removedParticipantId: t.id({
      description: 'ID of the removed participant. Null if the participant is not known to be removed.',
      resolve: ({ outcome, participantId }) => (outcome === 'SUCCEEDED' ? participantId : null),
    }),
  }),
})

function planRemoval(id: string, context: Context): MutationPlan {
  const inputPath = 'input.participantId'
  const { account, parts } = resolveTarget(id, inputPath, 'Participant', context)
  const [conferenceId, participantId] = parts
  const remove = getVendorMember(account, 'removeParticipant', inputPath.split('.'))
  return {
    account,
    change: { kind: 'conferences', conferenceId },
    lookup: { kind: 'removed', id: conferenceId, participantId },
    execute: async (call) => {
      await remove(conferenceId, participantId, call).catch(mapNotFound(inputPath, 'Participant'))
      return { result: null }
    },
  }
}

builder.mutationFields((t) => ({
  inviteParticipant: t.field({
    type: InviteParticipantPayload,
    description: `Invites one person. ${describeRequirement('INVITE_PARTICIPANT')}`,
    nullable: false,
    args: { input: t.arg({ type: InviteParticipantInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'inviteParticipant', input, () => planInvitation(input, context)),
  }),
  removeParticipant: t.field({
    type: RemoveParticipantPayload,
    description: `Withdraws an invitation or a registration. Does not remove people from a running conference. ${describeRequirement('REMOVE_PARTICIPANT')}`,
    nullable: false,
    args: { input: t.arg({ type: RemoveParticipantInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const { participantId } = input
      const payload = await resolveMutation(context, 'removeParticipant', input, () =>
        planRemoval(participantId, context),
      )
      return { ...payload, participantId }
    },
  }),
}))
