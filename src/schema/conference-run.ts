import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'
import type { Credential, MutationPlan } from '../operations/mutation.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { createMissingScopeProblem, canReceiveCredentials } from './credentials.ts'
import { getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const RunConferenceInput = builder.inputType('RunConferenceInput', {
  description: 'Input for `runConference`.',
  fields: (t) => ({
    conferenceId: t.id({ required: true, description: sharedDescriptions.conferenceId }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const RunConferencePayload = builder.objectRef<Payload>('RunConferencePayload').implement({
  description: 'Payload of `runConference`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    conference: t.field({
      type: ConferenceRef,
      description: sharedDescriptions.conference,
      resolve: (payload, _, context) => getResultObject(payload, 'Conference', context),
    }),
    startUrl: t.field({
      type: 'URL',
      description:
        'URL with which the host starts the conference. Null if the vendor has started the conference, or if the mutation failed. Null with a `FORBIDDEN` problem if you do not have the scope `credentials`. A credential: not stored or logged.',
      resolve: ({ credential }) => credential?.value ?? null,
    }),
    startUrlExpiresAt: t.field({
      type: 'DateTime',
      description: 'When `startUrl` expires. Null if `startUrl` is null.',
      resolve: ({ credential }) => credential?.expiresAt ?? null,
    }),
  }),
})

const inputPath = 'input.conferenceId'

function planRun(conferenceId: string, context: Context): MutationPlan {
  const { account, parts } = resolveTarget(conferenceId, inputPath, 'Conference', context)
  const [id] = parts
  const run = getVendorMember(account, 'runConference', inputPath.split('.'))
  return {
    account,
    change: { kind: 'conferences', conferenceId: id },
    lookup: { kind: 'running', id },
    execute: async (call) => {
      const started = await run(id, call).catch(mapNotFound(inputPath, 'Conference'))
      const { conference, startUrl, startUrlExpiresAt } = started
      if (startUrl === null) return { result: { type: 'Conference', value: conference } }
      const isAllowed = canReceiveCredentials(context)
      // A URL that the vendor returned without a write can be fetched again when the mutation is replayed.
      const startsByLink = call.writesSucceeded === 0 ? { startsByLink: true as const } : {}
      return {
        result: { type: 'Conference', value: conference, ...startsByLink },
        problems: isAllowed ? [] : [createMissingScopeProblem('startUrl', 'credentials')],
        credential: isAllowed ? { value: startUrl, expiresAt: startUrlExpiresAt } : null,
      }
    },
  }
}

/** Adds a new start URL to the payload of a replay. Start URLs are credentials and are not stored. */
async function withNewStartUrl(payload: Payload, conferenceId: string, context: Context): Promise<Payload> {
  const { result, replayed, problems } = payload
  const startsByLink = result?.type === 'Conference' && result.startsByLink
  if (!replayed || !startsByLink || !canReceiveCredentials(context)) return payload
  try {
    const { account, parts } = resolveTarget(conferenceId, inputPath, 'Conference', context)
    const { startUrl, startUrlExpiresAt } = await getVendorMember(account, 'runConference', [inputPath])(
      parts[0],
      context.call,
    )
    const credential: Credential | null = startUrl === null ? null : { value: startUrl, expiresAt: startUrlExpiresAt }
    return { ...payload, credential }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ...payload, problems: [...problems, error] }
  }
}

builder.mutationField('runConference', (t) =>
  t.field({
    type: RunConferencePayload,
    description: `Starts a conference. If the vendor's API cannot start conferences, the payload contains a new \`startUrl\` for the host instead. ${describeRequirement('RUN_CONFERENCE')}`,
    nullable: false,
    args: { input: t.arg({ type: RunConferenceInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const { conferenceId } = input
      const payload = await resolveMutation(context, 'runConference', input, () => planRun(conferenceId, context))
      return withNewStartUrl(payload, conferenceId, context)
    },
  }),
)
