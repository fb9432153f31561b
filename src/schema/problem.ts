import { Problem } from '../core/errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'

/** A Problem as part of an answer: GraphQL takes an Error that a resolver returns for one that it threw. */
export interface ProblemField {
  problem: Problem
}

export function shown(problem: Problem): ProblemField
export function shown(problem: Problem | null): ProblemField | null
export function shown(problem: Problem | null): ProblemField | null {
  return problem && { problem }
}

export const ProblemRef = builder.objectRef<ProblemField>('Problem').implement({
  description:
    "One thing that went wrong, in our words; the vendor's own code and message beside it, stripped of secrets.",
  fields: (t) => ({
    code: t.string({
      nullable: false,
      resolve: ({ problem }) => problem.code,
      description: 'One of the error codes of the documentation, e.g. `VENDOR_TIMEOUT`.',
    }),
    message: t.string({
      nullable: false,
      resolve: ({ problem }) => problem.message,
      description: 'What happened and what to do, for people: at most 300 characters.',
    }),
    path: t.field({
      type: ['String'],
      nullable: { list: true, items: false },
      description: 'The input field at fault, e.g. ["input", "schedule", "oneTime", "startsAt"].',
      resolve: ({ problem }) => problem.path && [...problem.path],
    }),
    account: t.field({
      type: AccountRef,
      description: 'Where it happened; null where it was no account.',
      resolve: ({ problem }, _, { accounts }) => accounts.find((account) => account.key === problem.account) ?? null,
    }),
    retryable: t.boolean({
      nullable: false,
      resolve: ({ problem }) => problem.retryable,
      description: 'Whether the same again may succeed later.',
    }),
    retryAt: t.field({
      type: 'DateTime',
      description: 'Not before then, where that is known.',
      resolve: ({ problem }) => (problem.retryAt === null ? null : new Date(problem.retryAt)),
    }),
    vendorStatus: t.int({ description: "The vendor's HTTP status.", resolve: ({ problem }) => problem.vendorStatus }),
    vendorCode: t.string({ description: "The vendor's own error code.", resolve: ({ problem }) => problem.vendorCode }),
    vendorMessage: t.string({
      description: "The vendor's own words, without secrets.",
      resolve: ({ problem }) => problem.vendorMessage,
    }),
  }),
})
