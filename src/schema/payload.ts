import type { Context } from './context.ts'
import type { MutationPlan, MutationRequest, MutationResult } from '../operations/mutation.ts'
import type { OperationResult } from '../operations/store.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import { builder } from './builder.ts'
import { validateTexts } from './input-texts.ts'
import { OperationRef, OutcomeEnum } from './operation.ts'
import { ProblemRef, toProblemField } from './problem.ts'

builder.mutationType({
  description:
    'The mutations of the API. A mutation that fails reports the errors in `problems` of its payload, so that other mutations of the same request are unaffected.',
})

/** Result of a mutation, with the caller's `clientMutationId`. */
export interface Payload extends MutationResult {
  clientMutationId: string | null
}

export const MutationPayload = builder.interfaceRef<Payload>('MutationPayload').implement({
  description:
    'Fields of every mutation payload. A mutation that fails reports the failure in `outcome` and `problems`. GraphQL errors report only requests that could not be executed, and fields of the payload that could not be returned.',
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: OutcomeEnum,
      nullable: false,
      description: "What is known of the mutation's effect. Base decisions in programs on this field.",
    }),
    problems: t.field({
      type: [ProblemRef],
      nullable: { list: false, items: false },
      description: 'Reasons why the mutation failed or was completed only in part. Empty if everything succeeded.',
      resolve: ({ problems }) => problems.map((problem) => toProblemField(problem)),
    }),
    operation: t.expose('operation', {
      type: OperationRef,
      description:
        'Record of this mutation. Null only if the mutation could not be recorded. A mutation that is not recorded is not sent to the vendor.',
    }),
    replayed: t.exposeBoolean('replayed', {
      nullable: false,
      description: 'Whether the payload is the result of an earlier request with the same `idempotencyKey`.',
    }),
    clientMutationId: t.exposeString('clientMutationId', {
      description: 'The `clientMutationId` of the input. Null if the input had none.',
    }),
  }),
})

interface MutationInput {
  idempotencyKey?: string | null | undefined
  clientMutationId?: string | null | undefined
}

/**
 * Runs a mutation of the caller.
 *
 * @param prepare Validates the input and returns what to execute. Receives the client-assigned ID of a new object.
 * @param more Replaces the input that the idempotency key stands for, or extends the comparison with the earlier input.
 */
export async function resolveMutation(
  context: Context,
  mutation: string,
  input: MutationInput,
  prepare: (clientAssignedId: string) => MutationPlan,
  more: Partial<Pick<MutationRequest, 'isDifferent' | 'input'>> = {},
): Promise<Payload> {
  const { caller, call, operations } = context
  const key = input.idempotencyKey ?? null
  const prepareChecked = (clientAssignedId: string): MutationPlan => {
    const plan = prepare(clientAssignedId)
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

/** Returns the object of a result. Null if it has another type, or if the caller no longer has access to its account. */
export function getResultObject<T extends OperationResult['type']>(
  { result, operation }: Payload,
  type: T,
  { accounts }: Context,
): WithAccount<ValueOf<T>> | null {
  const account = accounts.find(({ key }) => key === operation?.account)
  if (!result || result.type !== type || !account) return null
  return withAccount<ValueOf<T>>(account, { ...(result.value as ValueOf<T>) })
}
