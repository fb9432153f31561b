import type { Context } from './context.ts'
import type { OperationRecord } from '../operations/store.ts'
import { withAccount } from './with-account.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeOperationId } from './ids.ts'
import { markAsNode, findNode, registerNodeFinder, Node } from './node.ts'
import { ProblemRef, toProblemField } from './problem.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

export const OutcomeEnum = builder.enumType('Outcome', {
  description: "What is known of a mutation's effect.",
  values: {
    PENDING: { description: 'The mutation is still in progress. Query `operation` for its result.' },
    SUCCEEDED: {
      description: 'The vendor made the change. If a part of it was not completed, `problems` has the reason.',
    },
    REJECTED: {
      description:
        'Parley or the vendor rejected the mutation. Nothing was changed. Correct the input, and send it with a new idempotency key.',
    },
    NOT_SENT: {
      description:
        'The request did not reach the vendor, or was later found to have had no effect. Nothing was changed. You can send the mutation again, with the same idempotency key.',
    },
    UNKNOWN: {
      description:
        'The request was sent, but its result is not known. Before you send the mutation again without its idempotency key, query `operation`.',
    },
  } as const,
})

export const OperationRef = builder.objectRef<OperationRecord>('Operation').implement({
  description:
    'A durable record of one mutation, kept for 30 days. Query the record to learn the result of a mutation whose response was lost.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ id }) => encodeOperationId(id),
    }),
    account: t.field({
      type: AccountRef,
      description:
        'Account that the mutation targets. Null if you do not have access to the account, or if the input was rejected before the account was known.',
      resolve: ({ account }, _, { accounts }) => accounts.find(({ key }) => key === account) ?? null,
    }),
    mutation: t.exposeString('mutation', {
      nullable: false,
      description: 'Name of the mutation, such as `createConference`.',
    }),
    idempotencyKey: t.exposeString('key', {
      description: 'Idempotency key of the mutation. Null if the mutation had none.',
    }),
    outcome: t.expose('outcome', {
      type: OutcomeEnum,
      nullable: false,
      description: "What is known of the mutation's effect.",
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When the operation was recorded, before anything was sent to the vendor.',
      resolve: ({ startedAt }) => new Date(startedAt),
    }),
    finishedAt: t.field({
      type: 'DateTime',
      description: 'When the current outcome was recorded. Null while the outcome is `PENDING`.',
      resolve: ({ finishedAt }) => (finishedAt === null ? null : new Date(finishedAt)),
    }),
    result: t.field({
      type: Node,
      description:
        'Object that the mutation created or changed, as the vendor reported it at that time. Null if there is none, or if you do not have access to the account.',
      resolve: ({ account: key, result }, _, { accounts }) => {
        const account = accounts.find((candidate) => candidate.key === key)
        return account && result ? markAsNode(result.type, withAccount(account, { ...result.value })) : null
      },
    }),
    problem: t.field({
      type: ProblemRef,
      description: 'First problem of the mutation. Null if there was none.',
      resolve: ({ problems }) => toProblemField(problems[0] ?? null),
    }),
  }),
})

registerNodeFinder('Operation', async ({ parts }, _, context) => {
  const record = await context.operations.find(parts[0]!)
  return record && canSee(record, context) ? record : null
})

/** The scope `operate` gives access to the operations of all callers, but only of accounts that the caller has access to. */
function canSee({ caller: owner, account }: OperationRecord, { caller }: Context): boolean {
  if (owner === caller.name) return true
  if (!caller.scopes.has('operate')) return false
  return caller.accounts === null || (account !== null && caller.accounts.has(account))
}

builder.queryFields((t) => ({
  operation: t.field({
    type: OperationRef,
    description:
      'Returns the record of a mutation by ID. Null if the record does not exist, or if another caller sent the mutation and you do not have the scope `operate`. Makes no vendor call.',
    args: { id: t.arg.id({ required: true, description: 'ID of the operation. Records are kept for 30 days.' }) },
    resolve: (_, { id }, context) => findNode(id, 'id', context, 'Operation') as Promise<OperationRecord | null>,
  }),
}))
