import type { Context } from './context.ts'
import type { MutationPlan, MutationRequest, MutationResult } from '../operations/mutation.ts'
import type { OperationResult } from '../operations/store.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import { builder } from './builder.ts'
import { validateTexts } from './input-texts.ts'
import { OperationRef, OutcomeEnum } from './operation.ts'
import { ProblemRef, shown } from './problem.ts'

builder.mutationType({
  description:
    'What changes something at a vendor. A refusal is data (`problems`), so that one mutation of several can fail alone.',
})

/** A mutation's result, with what its caller wants to find again in it. */
export interface Payload extends MutationResult {
  clientMutationId: string | null
}

export const MutationPayload = builder.interfaceRef<Payload>('MutationPayload').implement({
  description:
    "Every mutation's payload tells its outcome; GraphQL errors are left for requests that never became a mutation.",
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: OutcomeEnum,
      nullable: false,
      description: 'What became of it; programs branch on this.',
    }),
    problems: t.field({
      type: [ProblemRef],
      nullable: { list: false, items: false },
      description: 'What the vendor or our checks had against it, or left undone of it. Empty where all is well.',
      resolve: ({ problems }) => problems.map((problem) => shown(problem)),
    }),
    operation: t.expose('operation', {
      type: OperationRef,
      description: 'Null only where it could not be written down, and so was not sent.',
    }),
    replayed: t.exposeBoolean('replayed', {
      nullable: false,
      description: 'True where this answer is the stored one of an earlier call with the same idempotencyKey.',
    }),
    clientMutationId: t.exposeString('clientMutationId', { description: 'The one of the input.' }),
  }),
})

interface MutationInput {
  idempotencyKey?: string | null | undefined
  clientMutationId?: string | null | undefined
}

/** Runs a mutation for the caller. `more`: if its input, or what makes it the same, is not as usual. */
export async function resolveMutation(
  context: Context,
  mutation: string,
  input: MutationInput,
  prepare: (naturalKey: string) => MutationPlan,
  more: Partial<Pick<MutationRequest, 'isDifferent' | 'input'>> = {},
): Promise<Payload> {
  const { caller, call, operations } = context
  const key = input.idempotencyKey ?? null
  const prepareChecked = (naturalKey: string): MutationPlan => {
    const plan = prepare(naturalKey)
    validateTexts(input)
    return plan
  }
  const result = await operations.runMutation({
    caller: caller.name,
    mutation,
    input,
    key,
    call,
    createPlan: prepareChecked,
    ...more,
  })
  context.notes.addMutation(result)
  return { ...result, clientMutationId: input.clientMutationId ?? null }
}

type ValueOf<T extends OperationResult['type']> = Extract<OperationResult, { type: T }>['value']

/** The object in an answer, where it is of this type and its account is still the caller's to use. */
export function getResultObject<T extends OperationResult['type']>(
  { answer, operation }: Payload,
  type: T,
  { accounts }: Context,
): WithAccount<ValueOf<T>> | null {
  const account = accounts.find(({ key }) => key === operation?.account)
  if (!answer || answer.type !== type || !account) return null
  return withAccount<ValueOf<T>>(account, { ...(answer.value as ValueOf<T>) })
}
