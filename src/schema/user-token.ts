import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import { builder } from './builder.ts'
import { assertScope } from './credentials.ts'
import { createFieldProblem, getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const UserTokenType = builder.enumType('UserTokenType', {
  description: 'A kind of user token.',
  values: { ZAK: { description: 'A token with which a program starts meetings as the user.' } } as const,
})

const IssueUserTokenInput = builder.inputType('IssueUserTokenInput', {
  description: 'Input for `issueUserToken`.',
  fields: (t) => ({
    userId: t.id({
      required: true,
      description: 'ID of the user. Fails with `NOT_FOUND` if the user does not exist or you do not have access to it.',
    }),
    type: t.field({ type: UserTokenType, required: true, defaultValue: 'ZAK', description: 'Kind of token.' }),
    ttlSeconds: t.int({
      description:
        "Lifetime of the token in seconds, 1 to 2,147,483,647. If omitted, the vendor's default applies. The vendor can issue a token that expires earlier.",
    }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const IssueUserTokenPayload = builder.objectRef<Payload>('IssueUserTokenPayload').implement({
  description: 'Payload of `issueUserToken`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    token: t.string({
      description: 'Token that was issued. Null if the mutation failed. A credential: not stored or logged.',
      resolve: ({ credential }) => credential?.value ?? null,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the token expires. Null if `token` is null.',
      resolve: ({ credential }) => credential?.expiresAt ?? null,
    }),
  }),
})

function planToken(
  { userId, ttlSeconds = null }: typeof IssueUserTokenInput.$inferInput,
  context: Context,
): MutationPlan {
  assertScope(context, 'issueUserToken', 'credentials')
  const inputPath = 'input.userId'
  const { account, parts } = resolveTarget(userId, inputPath, 'User', context)
  const issue = getVendorMember(account, 'issueUserToken', inputPath.split('.'))
  if (ttlSeconds !== null && ttlSeconds < 1)
    throw createFieldProblem(['input', 'ttlSeconds'], 'must be from 1 to 2,147,483,647')
  return {
    account,
    change: null,
    lookup: null,
    execute: async (call) => {
      const { token, expiresAt } = await issue(parts[0], ttlSeconds, call).catch(mapNotFound(inputPath, 'User'))
      return { result: null, credential: { value: token, expiresAt } }
    },
  }
}

builder.mutationField('issueUserToken', (t) =>
  t.field({
    type: IssueUserTokenPayload,
    description: `Issues a token with which a program acts as a user. Requires the scope \`credentials\`. ${describeRequirement('ISSUE_USER_TOKEN')}`,
    nullable: false,
    args: { input: t.arg({ type: IssueUserTokenInput, required: true, description: sharedDescriptions.input }) },
    resolve: (_, { input }, context) =>
      resolveMutation(context, 'issueUserToken', input, () => planToken(input, context)),
  }),
)
