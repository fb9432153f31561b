import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import { isOneTimeOccurrence } from '../vendors/kit/occurrences.ts'
import type { OccurrenceChanges } from '../vendors/vendor-inputs.ts'
import { builder } from './builder.ts'
import { createFieldProblem, getVendorMember, mapNotFound, resolveTarget } from './input.ts'
import { OccurrenceRef } from './occurrence.ts'
import { getResultObject, MutationPayload, resolveMutation, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const occurrenceId =
  'ID of an occurrence of a series. Fails with `NOT_FOUND` if the occurrence does not exist or you do not have access to it.'

const UpdateOccurrenceInput = builder.inputType('UpdateOccurrenceInput', {
  description: 'Input for `updateOccurrence`. Omitted or null fields are unchanged. At least one change is required.',
  fields: (t) => ({
    occurrenceId: t.id({ required: true, description: occurrenceId }),
    startsAt: t.field({
      type: 'DateTime',
      description: 'New start time, between now and the end of the year 2100.',
    }),
    durationMinutes: t.int({ description: 'Duration in minutes, 1 to 1,440.' }),
    description: t.string({ description: 'Description for participants.' }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const CancelOccurrenceInput = builder.inputType('CancelOccurrenceInput', {
  description: 'Input for `cancelOccurrence`.',
  fields: (t) => ({
    occurrenceId: t.id({
      required: true,
      description: `${occurrenceId} To cancel a conference that is not repeated, use \`deleteConference\`.`,
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const definePayload = (mutation: string, name: string) =>
  builder.objectRef<Payload>(name).implement({
    description: `Payload of \`${mutation}\`.`,
    interfaces: [MutationPayload],
    fields: (t) => ({
      occurrence: t.field({
        type: OccurrenceRef,
        description:
          'Occurrence after the change, as reported by the vendor. Null if no change is known to have been made.',
        resolve: (payload, _, context) => getResultObject(payload, 'Occurrence', context),
      }),
    }),
  })

const UpdateOccurrencePayload = definePayload('updateOccurrence', 'UpdateOccurrencePayload')
const CancelOccurrencePayload = definePayload('cancelOccurrence', 'CancelOccurrencePayload')

const inputPath = 'input.occurrenceId'

/**
 * Returns the account, the IDs, and a method of the vendor for an occurrence of a series.
 *
 * @param replacement Mutation to use for a conference that is not repeated.
 */
function resolveOccurrence<Name extends 'updateOccurrence' | 'cancelOccurrence'>(
  id: string,
  name: Name,
  replacement: string,
  context: Context,
) {
  const { account, parts } = resolveTarget(id, inputPath, 'Occurrence', context)
  const [conferenceId, vendorId] = parts
  const execute = getVendorMember(account, name, inputPath.split('.'))
  if (isOneTimeOccurrence(vendorId))
    throw createFieldProblem(
      inputPath.split('.'),
      `must be an occurrence of a series. For a conference that is not repeated, use "${replacement}"`,
    )
  return { account, conferenceId, vendorId, execute, change: { kind: 'conferences', conferenceId } as const }
}

function planOccurrenceUpdate(input: typeof UpdateOccurrenceInput.$inferInput, context: Context): MutationPlan {
  const target = resolveOccurrence(input.occurrenceId, 'updateOccurrence', 'updateConference', context)
  const { account, change, conferenceId, vendorId, execute } = target
  const changes = toOccurrenceChanges(input)
  return {
    account,
    change,
    lookup: { kind: 'occurrenceChanged', id: conferenceId, occurrenceId: vendorId, changes },
    execute: async (call) => {
      const changing = execute(conferenceId, vendorId, changes, call)
      const { occurrence, problems } = await changing.catch(mapNotFound(inputPath, 'Occurrence'))
      return { result: { type: 'Occurrence', value: occurrence }, problems }
    },
  }
}

function planCancellation(id: string, context: Context): MutationPlan {
  const target = resolveOccurrence(id, 'cancelOccurrence', 'deleteConference', context)
  const { account, change, conferenceId, vendorId, execute } = target
  return {
    account,
    change,
    lookup: { kind: 'occurrenceCanceled', id: conferenceId, occurrenceId: vendorId },
    execute: async (call) => {
      const occurrence = await execute(conferenceId, vendorId, call).catch(mapNotFound(inputPath, 'Occurrence'))
      return { result: { type: 'Occurrence', value: occurrence } }
    },
  }
}

/** End of the accepted starts, exclusive, in milliseconds since the epoch. */
const startsBefore = Date.UTC(2101, 0)
const maxDurationMinutes = 1_440

/** @throws BAD_USER_INPUT */
function toOccurrenceChanges(input: typeof UpdateOccurrenceInput.$inferInput): OccurrenceChanges {
  const { startsAt, durationMinutes, description } = input
  // Not even a second earlier: a vendor can ignore a start in the past without notice.
  if (startsAt && !(startsAt.getTime() > Date.now() && startsAt.getTime() < startsBefore))
    throw createFieldProblem(['input', 'startsAt'], 'must be between now and the end of the year 2100')
  if (durationMinutes != null && (durationMinutes < 1 || durationMinutes > maxDurationMinutes))
    throw createFieldProblem(['input', 'durationMinutes'], 'must be 1 to 1,440')
  const changes: OccurrenceChanges = {
    ...(startsAt == null ? {} : { startsAt }),
    ...(durationMinutes == null ? {} : { durationMinutes }),
    ...(description == null ? {} : { description }),
  }
  if (Object.keys(changes).length === 0)
    throw createFieldProblem(['input'], 'must contain at least one field to change')
  return changes
}

builder.mutationFields((t) => ({
  updateOccurrence: t.field({
    type: UpdateOccurrencePayload,
    description: `Moves one occurrence of a series, or changes its duration or description. The other occurrences are unchanged. ${describeRequirement('UPDATE_OCCURRENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: UpdateOccurrenceInput, required: true, description: 'Occurrence and its changes.' }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'updateOccurrence', input, () => planOccurrenceUpdate(input, context)),
  }),
  cancelOccurrence: t.field({
    type: CancelOccurrencePayload,
    description: `Cancels one occurrence of a series. The other occurrences are unchanged. ${describeRequirement('CANCEL_OCCURRENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: CancelOccurrenceInput, required: true, description: 'Occurrence to cancel.' }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'cancelOccurrence', input, () => planCancellation(input.occurrenceId, context)),
  }),
}))
