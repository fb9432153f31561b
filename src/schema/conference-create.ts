import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { NewConference } from '../vendors/vendor-inputs.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import {
  getAccount,
  createFieldProblem,
  validateConferenceTitle,
  getVendorMember,
  toSchedule,
  ScheduleInput,
  toUserReference,
} from './input.ts'
import { UserRefInput } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { sharedDescriptions, titleRule } from './shared-descriptions.ts'

const CreateConferenceInput = builder.inputType('CreateConferenceInput', {
  description:
    'Input for `createConference`. An input that the vendor does not support is rejected with `UNSUPPORTED_BY_VENDOR`, with its path, before any vendor call.',
  fields: (t) => ({
    account: t.string({ required: true, description: 'Key of the account in which to create the conference.' }),
    title: t.string({ required: true, description: `Title, ${titleRule}` }),
    description: t.string({ description: 'Description for participants, at most 10,000 characters.' }),
    owner: t.field({
      type: UserRefInput,
      description: 'Owner of the conference, a user of the same account.',
    }),
    mode: t.field({
      type: ConferenceMode,
      description: 'How participants are shown and heard. Default: `ALL_ON_SCREEN`.',
    }),
    schedule: t.field({
      type: ScheduleInput,
      description: 'When the conference takes place. If omitted, the conference has no fixed time.',
    }),
    invite: t.field({
      type: [UserRefInput],
      description:
        'Users to invite, at most 250 by default. `problems` has one entry for each user who cannot be invited. The outcome is then still `SUCCEEDED`.',
    }),
    maxParticipants: t.int({
      description: "Maximum number of simultaneous participants. If omitted, the vendor's default applies.",
    }),
    allowGuests: t.boolean({
      description: "Whether people without a vendor account can join. If omitted, the vendor's default applies.",
    }),
    autoInvite: t.boolean({
      description:
        "Whether the invitees are called when the conference starts. If omitted, the vendor's default applies.",
    }),
    passcode: t.string({
      description: "Passcode. If omitted, the vendor's default applies. Not stored by Parley and not part of `raw`.",
    }),
    tags: t.stringList({ description: 'Tags of the conference, at most 100 characters each.' }),
    vendorOptions: t.field({
      type: 'JSON',
      description: sharedDescriptions.vendorOptions,
    }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const CreateConferencePayload = builder.objectRef<Payload>('CreateConferencePayload').implement({
  description: 'Payload of `createConference`.',
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
  clientAssignedId: string,
  context: Context,
): MutationPlan {
  const account = getAccount(input.account, ['input', 'account'], context)
  const create = getVendorMember(account, 'createConference', ['input', 'account'])
  const { owner, schedule } = input
  const invite = input.invite ?? []
  const maxInvitees = context.limits.ids
  if (invite.length > maxInvitees)
    throw createFieldProblem(
      ['input', 'invite'],
      `must have at most ${maxInvitees} users. Invite the others with "inviteParticipant"`,
    )
  const conference: NewConference = {
    title: validateConferenceTitle(input.title),
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
    clientAssignedId,
  }
  return {
    account,
    change: { kind: 'conferences', conferenceId: null },
    lookup: { kind: 'created', input: withoutDetails(conference, account.idOption) },
    execute: async (call) => {
      const created = await create(conference, call)
      return { result: { type: 'Conference', value: created.conference }, problems: created.problems }
    },
  }
}

/** Removes what is not needed to find the conference later: long texts, and everything that can contain a passcode. */
function withoutDetails(conference: NewConference, idOption: string | undefined): NewConference {
  // The search for the conference needs to know only whether anyone was invited.
  const invite = conference.invite.slice(0, 1)
  const id = idOption === undefined ? undefined : conference.vendorOptions?.[idOption]
  const vendorOptions = typeof id === 'string' ? { [idOption!]: id } : null
  return { ...conference, description: null, invite, passcode: null, tags: null, vendorOptions }
}

/**
 * Returns the options, or null if there are none.
 *
 * @throws BAD_USER_INPUT if they are not an object.
 */
export function validateVendorOptions(options: unknown): Readonly<Record<string, unknown>> | null {
  if (options === null || options === undefined) return null
  if (typeof options === 'object' && !Array.isArray(options)) return options as Record<string, unknown>
  throw createFieldProblem(['input', 'vendorOptions'], 'must be an object')
}

builder.mutationField('createConference', (t) =>
  t.field({
    type: CreateConferencePayload,
    description:
      'Creates a meeting, room, or workspace. Inputs that the vendor does not support are rejected with `UNSUPPORTED_BY_VENDOR` before any vendor call. Invitees who cannot be invited are reported in `problems`; the outcome is still `SUCCEEDED`.',
    nullable: false,
    args: { input: t.arg({ type: CreateConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'createConference', input, (clientAssignedId) =>
        planCreation(input, clientAssignedId, context),
      ),
  }),
)
