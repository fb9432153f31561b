import { Problem } from '../errors.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'

export const ProblemRef = builder.objectRef<Problem>('Problem').implement({
  description:
    "One thing that went wrong, in our words; the vendor's own code and message beside it, stripped of secrets.",
  fields: (t) => ({
    code: t.exposeString('code', {
      nullable: false,
      description: 'One of the error codes of the documentation, e.g. `VENDOR_TIMEOUT`.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'At most 300 characters.' }),
    path: t.field({
      type: ['String'],
      nullable: { list: true, items: false },
      description: 'The input field at fault, e.g. ["input", "schedule", "oneTime", "startsAt"].',
      resolve: (problem) => problem.path && [...problem.path],
    }),
    account: t.field({
      type: AccountRef,
      resolve: (problem, _, { accounts }) => accounts.find((account) => account.key === problem.account) ?? null,
    }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same again may succeed later.',
    }),
    retryAt: t.field({
      type: 'DateTime',
      description: 'Not before then, where that is known.',
      resolve: (problem) => (problem.retryAt === null ? null : new Date(problem.retryAt)),
    }),
    vendorStatus: t.exposeInt('vendorStatus', { description: "The vendor's HTTP status." }),
    vendorCode: t.exposeString('vendorCode'),
    vendorMessage: t.exposeString('vendorMessage'),
  }),
})
