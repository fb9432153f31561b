import type { Context } from '../context.ts'
import type { Plan } from '../operations/request.ts'
import type { NewConference } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { ConferenceMode, ConferenceRef } from './conference.ts'
import { accountOf, badInput, checkedTitle, memberOf, scheduleOf, ScheduleInput, userReference } from './input.ts'
import { UserRefInput } from './input.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'

const CreateConferenceInput = builder.inputType('CreateConferenceInput', {
  fields: (t) => ({
    account: t.string({ required: true, description: 'The key of the account to make it in.' }),
    title: t.string({ required: true, description: '1 to 200 characters.' }),
    description: t.string(),
    owner: t.field({
      type: UserRefInput,
      description: 'A user of the same account. Required where the vendor needs one.',
    }),
    mode: t.field({ type: ConferenceMode }),
    schedule: t.field({
      type: ScheduleInput,
      description: 'Absent: a permanent room where the vendor has them, else a plain workspace.',
    }),
    invite: t.field({ type: [UserRefInput], description: 'Who cannot be invited is told as a problem each.' }),
    maxParticipants: t.int(),
    allowGuests: t.boolean(),
    autoInvite: t.boolean(),
    passcode: t.string(),
    tags: t.stringList(),
    vendorOptions: t.field({
      type: 'JSON',
      description: "Settings of the vendor's own that the schema has no field for, sent as they are.",
    }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

const CreateConferencePayload = builder.objectRef<Payload>('CreateConferencePayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      resolve: (payload, _, context) => answered(payload, 'Conference', context),
    }),
  }),
})

function planCreation(input: typeof CreateConferenceInput.$inferInput, naturalKey: string, context: Context): Plan {
  const account = accountOf(input.account, ['input', 'account'], context)
  const create = memberOf(account, 'createConference', ['input', 'account'])
  const { owner, schedule, invite } = input
  const conference: NewConference = {
    title: checkedTitle(input.title),
    description: input.description ?? null,
    owner: owner ? userReference(owner, account, 'input.owner') : null,
    mode: input.mode ?? null,
    schedule: schedule ? scheduleOf(schedule) : null,
    invite: (invite ?? []).map((user, index) => userReference(user, account, `input.invite.${index}`)),
    maxParticipants: input.maxParticipants ?? null,
    allowGuests: input.allowGuests ?? null,
    autoInvite: input.autoInvite ?? null,
    passcode: input.passcode ?? null,
    tags: input.tags ?? null,
    vendorOptions: optionsOf(input.vendorOptions),
    naturalKey,
  }
  return {
    account,
    // Neither is needed to find it again, and either may hold a passcode.
    lookup: { kind: 'created', input: { ...conference, passcode: null, vendorOptions: null } },
    perform: async (call) => {
      const { conference: made, problems } = await create(conference, call)
      return { answer: { type: 'Conference', value: made }, problems }
    },
  }
}

/** Throws BAD_USER_INPUT for what is no object. */
export function optionsOf(options: unknown): Readonly<Record<string, unknown>> | null {
  if (options === null || options === undefined) return null
  if (typeof options === 'object' && !Array.isArray(options)) return options as Record<string, unknown>
  throw badInput(['input', 'vendorOptions'], 'must be an object')
}

builder.mutationField('createConference', (t) =>
  t.field({
    type: CreateConferencePayload,
    nullable: false,
    args: { input: t.arg({ type: CreateConferenceInput, required: true }) },
    resolve: (_, { input }, context) =>
      mutate(context, 'createConference', input, (naturalKey) => planCreation(input, naturalKey, context)),
  }),
)
