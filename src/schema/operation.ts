import type { Context } from './context.ts'
import type { OperationRecord } from '../operations/store.ts'
import { withAccount } from './with-account.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeOperationId } from './ids.ts'
import { markAsNode, findNode, registerNodeFinder, Node } from './node.ts'
import { ProblemRef, shown } from './problem.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

export const OutcomeEnum = builder.enumType('Outcome', {
  description: 'What became of a mutation.',
  values: {
    PENDING: { description: 'Accepted, not yet answered.' },
    SUCCEEDED: { description: 'The vendor did it.' },
    REJECTED: { description: 'The vendor, or our own checks, refused it: nothing was done.' },
    NOT_SENT: {
      description:
        'It never left us, or was proven since not to have arrived: nothing was done, and it is safe to send again, with the same key too.',
    },
    UNKNOWN: { description: 'It left us and the answer was lost: look the operation up before sending it again.' },
  } as const,
})

export const OperationRef = builder.objectRef<OperationRecord>('Operation').implement({
  description: 'The durable record of one mutation: it answers what became of a call whose reply was lost.',
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
      description: 'Where it was to happen; null where that is not known, or not yours to see.',
      resolve: ({ account }, _, { accounts }) => accounts.find(({ key }) => key === account) ?? null,
    }),
    mutation: t.exposeString('mutation', {
      nullable: false,
      description: 'The name of the mutation, e.g. createConference.',
    }),
    idempotencyKey: t.exposeString('key', { description: 'The key that came with it.' }),
    outcome: t.expose('outcome', { type: OutcomeEnum, nullable: false, description: 'How it stands now.' }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'When it was written down, before it was sent.',
      resolve: ({ startedAt }) => new Date(startedAt),
    }),
    finishedAt: t.field({
      type: 'DateTime',
      description: 'When its outcome was known; null while it is not.',
      resolve: ({ finishedAt }) => (finishedAt === null ? null : new Date(finishedAt)),
    }),
    result: t.field({
      type: Node,
      description: 'What it made or changed, as the vendor showed it then.',
      resolve: ({ account: key, answer }, _, { accounts }) => {
        const account = accounts.find((known) => known.key === key)
        return account && answer ? markAsNode(answer.type, withAccount(account, { ...answer.value })) : null
      },
    }),
    problem: t.field({
      type: ProblemRef,
      description: 'The first of its problems.',
      resolve: ({ problems }) => shown(problems[0] ?? null),
    }),
  }),
})

registerNodeFinder('Operation', async ({ parts }, _, context) => {
  const record = await context.operations.find(parts[0]!)
  return record && canSee(record, context) ? record : null
})

/** An operator sees the operations of every caller, but only of accounts that the operator can use. */
function canSee({ caller: owner, account }: OperationRecord, { caller }: Context): boolean {
  if (owner === caller.name) return true
  if (!caller.scopes.has('operate')) return false
  return caller.accounts === null || (account !== null && caller.accounts.has(account))
}

builder.queryFields((t) => ({
  operation: t.field({
    type: OperationRef,
    description:
      'Returns the record of one of your mutations. With the scope `operate`, returns that of any caller. Makes no vendor call.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of an operation, kept for 30 days.' }) },
    resolve: async (_, { id }, context) => (await findNode(id, 'id', context, 'Operation')) as OperationRecord | null,
  }),
}))
