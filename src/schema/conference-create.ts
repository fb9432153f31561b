import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { NewConference } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import {
  getAccount,
  createInputProblem,
  validateTitle,
  getVendorMember,
  toSchedule,
  ScheduleInput,
  toUserReference,
} from './input.ts'
import { UserRefInput } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const CreateConferenceInput = builder.inputType('CreateConferenceInput', {
  description: 'The new conference.',
  fields: (t) => ({
    account: t.string({ required: true, description: 'The key of the account to make it in.' }),
    title: t.string({ required: true, description: '1 to 200 characters, no control characters.' }),
    description: t.string({ description: 'Description.' }),
    owner: t.field({
      type: UserRefInput,
      description: 'Owner, who must be a user of the same account. Required by most vendors.',
    }),
    mode: t.field({
      type: ConferenceMode,
      description: 'Conference mode. Default: ALL_ON_SCREEN, if the vendor has modes.',
    }),
    schedule: t.field({
      type: ScheduleInput,
      description: 'Absent: a permanent room where the vendor has them, else a plain workspace.',
    }),
    invite: t.field({ type: [UserRefInput], description: 'Who cannot be invited is told as a problem each.' }),
    maxParticipants: t.int({ description: 'Number of people who can be in it at the same time.' }),
    allowGuests: t.boolean({
      description: 'Whether people without a vendor account can join.',
    }),
    autoInvite: t.boolean({
      description: 'Whether invitees are called when the conference starts.',
    }),
    passcode: t.string({ description: 'Passcode. Never returned.' }),
    tags: t.stringList({ description: 'Tags.' }),
    vendorOptions: t.field({
      type: 'JSON',
      description: "Settings of the vendor's own that the schema has no field for, sent as they are.",
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const CreateConferencePayload = builder.objectRef<Payload>('CreateConferencePayload').implement({
  description: 'The answer of `createConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      description: sharedDescriptions.conference,
      resolve: (payload, _, context) => getResultObject(payload, 'Conference', context),
    }),
  }),
})

function planCreation(
  input: typeof CreateConferenceInput.$inferInput,
  naturalKey: string,
  context: Context,
): MutationPlan {
  const account = getAccount(input.account, ['input', 'account'], context)
  const create = getVendorMember(account, 'createConference', ['input', 'account'])
  const { owner, schedule } = input
  const invite = input.invite ?? []
  const most = context.limits.ids
  if (invite.length > most)
    throw createInputProblem(['input', 'invite'], `must name at most ${most} users; invite the others after`)
  const conference: NewConference = {
    title: validateTitle(input.title),
    description: input.description ?? null,
    owner: owner ? toUserReference(owner, account, 'input.owner') : null,
    mode: input.mode ?? null,
    schedule: schedule ? toSchedule(schedule) : null,
    invite: invite.map((user, index) => toUserReference(user, account, `input.invite.${index}`)),
    maxParticipants: input.maxParticipants ?? null,
    allowGuests: input.allowGuests ?? null,
    autoInvite: input.autoInvite ?? null,
    passcode: input.passcode ?? null,
    tags: input.tags ?? null,
    vendorOptions: validateVendorOptions(input.vendorOptions),
    naturalKey,
  }
  return {
    account,
    lookup: { kind: 'created', input: withoutDetails(conference, account.idOption) },
    execute: async (call) => {
      const { conference: made, problems } = await create(conference, call)
      return { answer: { type: 'Conference', value: made }, problems }
    },
  }
}

/** Leaves out what is not needed to find the conference again: long texts, and what can hold a passcode. */
function withoutDetails(conference: NewConference, idOption: string | undefined): NewConference {
  // One invitee stands for all: only whether there were any matters.
  const invite = conference.invite.slice(0, 1)
  const id = idOption === undefined ? undefined : conference.vendorOptions?.[idOption]
  const vendorOptions = typeof id === 'string' ? { [idOption!]: id } : null
  return { ...conference, description: null, invite, passcode: null, tags: null, vendorOptions }
}

/** Throws BAD_USER_INPUT for what is no object. */
export function validateVendorOptions(options: unknown): Readonly<Record<string, unknown>> | null {
  if (options === null || options === undefined) return null
  if (typeof options === 'object' && !Array.isArray(options)) return options as Record<string, unknown>
  throw createInputProblem(['input', 'vendorOptions'], 'must be an object')
}

builder.mutationField('createConference', (t) =>
  t.field({
    type: CreateConferencePayload,
    description:
      'Makes a meeting, a room or a workspace. What the vendor has no place for is UNSUPPORTED_BY_VENDOR with its path, before any call; invitees who fail are a problem each, and the outcome is still SUCCEEDED.',
    nullable: false,
    args: { input: t.arg({ type: CreateConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'createConference', input, (naturalKey) => planCreation(input, naturalKey, context)),
  }),
)
