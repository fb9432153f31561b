import type { Context } from '../context.ts'
import type { Plan } from '../operations/request.ts'
import type { Invitee } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { memberOf, targetOf, unlessGone, userReference, UserRefInput } from './input.ts'
import { ParticipantRef, ParticipantRole } from './participant.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'

const InviteeInput = builder.inputType('InviteeInput', {
  fields: (t) => ({
    user: t.field({ type: UserRefInput, required: true }),
    displayName: t.string(),
    role: t.field({ type: ParticipantRole }),
  }),
})

const InviteParticipantInput = builder.inputType('InviteParticipantInput', {
  fields: (t) => ({
    conferenceId: t.id({ required: true }),
    invitee: t.field({ type: InviteeInput, required: true }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

const InviteParticipantPayload = builder.objectRef<Payload>('InviteParticipantPayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    participant: t.field({
      type: ParticipantRef,
      resolve: (payload, _, context) => answered(payload, 'Participant', context),
    }),
  }),
})

function planInvitation(input: typeof InviteParticipantInput.$inferInput, context: Context): Plan {
  const place = 'input.conferenceId'
  const { account, parts } = targetOf(input.conferenceId, place, 'Conference', context)
  const [id] = parts
  const invite = memberOf(account, 'inviteParticipant', place.split('.'))
  const { user, displayName = null, role = null } = input.invitee
  const invitee: Invitee = { user: userReference(user, account, 'input.invitee.user'), displayName, role }
  return {
    account,
    lookup: { kind: 'invited', id, invitee },
    perform: async (call) => {
      const participant = await invite(id, invitee, call).catch(unlessGone(place, 'Conference'))
      return { answer: { type: 'Participant', value: participant } }
    },
  }
}

const RemoveParticipantInput = builder.inputType('RemoveParticipantInput', {
  fields: (t) => ({
    participantId: t.id({ required: true }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

interface RemovalPayload extends Payload {
  participantId: string
}

const RemoveParticipantPayload = builder.objectRef<RemovalPayload>('RemoveParticipantPayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    removedParticipantId: t.id({
      resolve: ({ outcome, participantId }) => (outcome === 'SUCCEEDED' ? participantId : null),
    }),
  }),
})

function planRemoval(id: string, context: Context): Plan {
  const place = 'input.participantId'
  const { account, parts } = targetOf(id, place, 'Participant', context)
  const [conferenceId, participantId] = parts
  const remove = memberOf(account, 'removeParticipant', place.split('.'))
  return {
    account,
    lookup: { kind: 'removed', id: conferenceId, participantId },
    perform: async (call) => {
      await remove(conferenceId, participantId, call).catch(unlessGone(place, 'Participant'))
      return { answer: null }
    },
  }
}

builder.mutationFields((t) => ({
  inviteParticipant: t.field({
    type: InviteParticipantPayload,
    nullable: false,
    args: { input: t.arg({ type: InviteParticipantInput, required: true }) },
    resolve: (_, { input }, context) =>
      mutate(context, 'inviteParticipant', input, () => planInvitation(input, context)),
  }),
  removeParticipant: t.field({
    type: RemoveParticipantPayload,
    nullable: false,
    args: { input: t.arg({ type: RemoveParticipantInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { participantId } = input
      const payload = await mutate(context, 'removeParticipant', input, () => planRemoval(participantId, context))
      return { ...payload, participantId }
    },
  }),
}))
