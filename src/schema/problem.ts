import { getErrorKind } from '../core/error-codes.ts'
import type { Problem } from '../core/errors.ts'
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

const ProblemKind = builder.enumType('ProblemKind', {
  description:
    'Kind of a problem. A program can branch on all values, because this list is closed: every new error code belongs to one of these kinds.',
  values: {
    CONFLICT: {
      description:
        'Conflicts with something that exists or is in progress: another request with the same idempotency key, or an object in use.',
    },
    FORBIDDEN: { description: 'Not allowed for this caller. Another scope is required.' },
    INPUT: { description: 'Invalid request. Fix the input that `message` and `path` name.' },
    INTERNAL: { description: 'Internal error: a bug in Parley.' },
    MISCONFIGURED: { description: 'Incorrect setup of the account at the vendor. An operator must fix the setup.' },
    NOT_FOUND: { description: 'Does not exist, or you do not have access to it.' },
    RATE_LIMITED: {
      description:
        'Rate limit exceeded. Wait until `retryAt`, or for a short time if `retryAt` is null, and send the same request again.',
    },
    UNAUTHENTICATED: { description: 'No valid API key or JWT. Sign in again.' },
    UNAVAILABLE: {
      description: 'Not available now, at the vendor or in Parley. The same request can succeed later.',
    },
    UNKNOWN_OUTCOME: { description: 'May have taken effect. Query the operation before you send anything again.' },
    UNSUPPORTED: { description: 'Not supported by the vendor: either the whole request or one of its inputs.' },
  } as const,
})

export const ProblemRef = builder.objectRef<ProblemField>('Problem').implement({
  description: "An error, described by Parley, with the vendor's own code and message. Secrets are redacted.",
  fields: (t) => ({
    code: t.string({
      nullable: false,
      resolve: ({ problem }) => problem.code,
      description:
        'Error code, such as `VENDOR_TIMEOUT`. Base decisions in programs on this field. The codes are listed in `docs/errors-and-outcomes.md`. New codes can be added.',
    }),
    kind: t.field({
      type: ProblemKind,
      nullable: false,
      description: 'Kind of the problem. A program can branch on all kinds, because their list is closed.',
      resolve: ({ problem }) => getErrorKind(problem.code),
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
