import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { Invitee } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { getVendorMember, resolveTarget, mapNotFound, toUserReference, UserRefInput } from './input.ts'
import { ParticipantRef, ParticipantRole } from './participant.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { requires, sharedDescriptions } from './shared-descriptions.ts'

const InviteeInput = builder.inputType('InviteeInput', {
  description: 'Whom to invite.',
  fields: (t) => ({
    user: t.field({
      type: UserRefInput,
      required: true,
      description: 'Whom to invite.',
    }),
    displayName: t.string({
      description: 'Name to show. If omitted, the name of the user.',
    }),
    role: t.field({
      type: ParticipantRole,
      description: 'Role. Default: ATTENDEE. UNKNOWN is rejected.',
    }),
  }),
})

const InviteParticipantInput = builder.inputType('InviteParticipantInput', {
  description: 'The input of `inviteParticipant`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    invitee: t.field({ type: InviteeInput, required: true, description: 'Whom to invite.' }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const InviteParticipantPayload = builder.objectRef<Payload>('InviteParticipantPayload').implement({
  description: 'The answer of `inviteParticipant`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    participant: t.field({
      type: ParticipantRef,
      description: 'The invited person; null where nothing is known to be done.',
      resolve: (payload, _, context) => getResultObject(payload, 'Participant', context),
    }),
  }),
})

function planInvitation(input: typeof InviteParticipantInput.$inferInput, context: Context): MutationPlan {
  const place = 'input.conferenceId'
  const { account, parts } = resolveTarget(input.conferenceId, place, 'Conference', context)
  const [id] = parts
  const invite = getVendorMember(account, 'inviteParticipant', place.split('.'))
  const { user, displayName = null, role = null } = input.invitee
  const invitee: Invitee = { user: toUserReference(user, account, 'input.invitee.user'), displayName, role }
  return {
    account,
    lookup: { kind: 'invited', id, invitee },
    execute: async (call) => {
      const participant = await invite(id, invitee, call).catch(mapNotFound(place, 'Conference'))
      return { answer: { type: 'Participant', value: participant } }
    },
  }
}

const RemoveParticipantInput = builder.inputType('RemoveParticipantInput', {
  description: 'The input of `removeParticipant`.',
  fields: (t) => ({
    participantId: t.id({ required: true, description: 'The `id` of a participant.' }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

interface RemovalPayload extends Payload {
  participantId: string
}

const RemoveParticipantPayload = builder.objectRef<RemovalPayload>('RemoveParticipantPayload').implement({
  description: 'The answer of `removeParticipant`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    removedParticipantId: t.id({
      description: 'The id that was given, where it is removed; else null.',
      resolve: ({ outcome, participantId }) => (outcome === 'SUCCEEDED' ? participantId : null),
    }),
  }),
})

function planRemoval(id: string, context: Context): MutationPlan {
  const place = 'input.participantId'
  const { account, parts } = resolveTarget(id, place, 'Participant', context)
  const [conferenceId, participantId] = parts
  const remove = getVendorMember(account, 'removeParticipant', place.split('.'))
  return {
    account,
    lookup: { kind: 'removed', id: conferenceId, participantId },
    execute: async (call) => {
      await remove(conferenceId, participantId, call).catch(mapNotFound(place, 'Participant'))
      return { answer: null }
    },
  }
}

builder.mutationFields((t) => ({
  inviteParticipant: t.field({
    type: InviteParticipantPayload,
    description: `Invites one person to a conference. ${requires('INVITE_PARTICIPANT')}`,
    nullable: false,
    args: { input: t.arg({ type: InviteParticipantInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'inviteParticipant', input, () => planInvitation(input, context)),
  }),
  removeParticipant: t.field({
    type: RemoveParticipantPayload,
    description: `Withdraws an invitation or a registration. Nobody is removed from a running conference. ${requires('REMOVE_PARTICIPANT')}`,
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
