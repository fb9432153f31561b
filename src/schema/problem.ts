import { Problem } from '../core/errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'

/** A problem in a result. It is wrapped, because GraphQL treats an Error that a resolver returns as thrown. */
export interface ProblemField {
  problem: Problem
}

export function toProblemField(problem: Problem): ProblemField
export function toProblemField(problem: Problem | null): ProblemField | null
export function toProblemField(problem: Problem | null): ProblemField | null {
  return problem && { problem }
}

export const ProblemRef = builder.objectRef<ProblemField>('Problem').implement({
  description: "An error, described by Parley, with the vendor's own code and message. Secrets are redacted.",
  fields: (t) => ({
    code: t.string({
      nullable: false,
      resolve: ({ problem }) => problem.code,
      description:
        'Error code, such as `VENDOR_TIMEOUT`. Base decisions in programs on this field. The codes are listed in `docs/errors-and-outcomes.md`.',
    }),
    message: t.string({
      nullable: false,
      resolve: ({ problem }) => problem.message,
      description:
        'What happened and what to do, in at most 300 characters. The wording can change: use `code` in programs.',
    }),
    path: t.field({
      type: ['String'],
      nullable: { list: true, items: false },
      description:
        'Path of the input field at fault, such as `["input", "schedule", "oneTime", "startsAt"]`. Null if no input field is at fault.',
      resolve: ({ problem }) => problem.path && [...problem.path],
    }),
    account: t.field({
      type: AccountRef,
      description:
        'Account in which the error occurred. Null if the error concerns no account, or if you do not have access to the account.',
      resolve: ({ problem }, _, { accounts }) => accounts.find((account) => account.key === problem.account) ?? null,
    }),
    retryable: t.boolean({
      nullable: false,
      resolve: ({ problem }) => problem.retryable,
      description: 'Whether the same request can succeed later.',
    }),
    retryAt: t.field({
      type: 'DateTime',
      description: 'When a retry can succeed at the earliest. Null if the time is not known.',
      resolve: ({ problem }) => (problem.retryAt === null ? null : new Date(problem.retryAt)),
    }),
    vendorStatus: t.int({
      description: "HTTP status of the vendor's response. Null if there was no response.",
      resolve: ({ problem }) => problem.vendorStatus,
    }),
    vendorCode: t.string({
      description: "The vendor's error code. Null if the vendor reported none.",
      resolve: ({ problem }) => problem.vendorCode,
    }),
    vendorMessage: t.string({
      description: "The vendor's error message, redacted. Null if the vendor reported none.",
      resolve: ({ problem }) => problem.vendorMessage,
    }),
  }),
})
