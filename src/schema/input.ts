import { formatCount } from '../core/format-count.ts'
import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type { NewSchedule } from '../vendors/vendor-inputs.ts'
import type { UserReference } from '../vendors/vendor-objects.ts'
import type { Vendor } from '../vendors/vendor.ts'
import { createNotFoundProblem } from '../vendors/kit/problems.ts'
import { builder } from './builder.ts'
import { decodeId, type NodeType } from './ids.ts'

export const UserRefInput = builder.inputType('UserRef', {
  description: 'Reference to a user of the same account. Set exactly one field.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'ID of the user. The user must belong to the same account.' }),
    vendorId: t.string({ description: "The vendor's ID of the user, 1 to 1,000 characters." }),
    email: t.field({ type: 'EmailAddress', description: 'Email address of the user.' }),
  }),
})

const OneTimeScheduleInput = builder.inputType('OneTimeScheduleInput', {
  description: 'Schedule of a conference that takes place once.',
  fields: (t) => ({
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the conference starts: between now and the end of the year 2100.',
    }),
    durationMinutes: t.int({ required: true, description: 'Planned duration in minutes, 1 to 1,440.' }),
    timeZone: t.field({ type: 'TimeZone', description: 'Time zone of the schedule. Default: `UTC`.' }),
  }),
})

const RecurringScheduleInput = builder.inputType('RecurringScheduleInput', {
  description: 'Schedule of a conference that takes place repeatedly.',
  fields: (t) => ({
    rrule: t.string({
      required: true,
      description:
        'Recurrence rule in RFC 5545 format, as calendar programs write it. `UNTIL` is in `timeZone` if it is a date or has no `Z`.',
    }),
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the first occurrence starts: between now and the end of the year 2100.',
    }),
    durationMinutes: t.int({
      required: true,
      description: 'Planned duration of each occurrence in minutes, 1 to 1,440.',
    }),
    timeZone: t.field({
      type: 'TimeZone',
      required: true,
      description: 'Time zone of the schedule. Days in the rule are days in this time zone.',
    }),
  }),
})

export const ScheduleInput = builder.inputType('ScheduleInput', {
  description: 'Schedule of a conference. Set exactly one field.',
  isOneOf: true,
  fields: (t) => ({
    oneTime: t.field({ type: OneTimeScheduleInput, description: 'Schedule of a conference that takes place once.' }),
    recurring: t.field({
      type: RecurringScheduleInput,
      description: 'Schedule of a conference that takes place repeatedly.',
    }),
    permanent: t.boolean({ description: 'Whether the conference is always available, without times. Must be true.' }),
  }),
})

const maxTitleLength = 200
const maxDurationMinutes = 1_440
/** How far a start can be in the past, because clocks differ and a request takes time to arrive. */
const maxLatenessMs = 60_000
/** End of the accepted starts, exclusive, in milliseconds since the epoch. */
const startsBefore = Date.UTC(2101, 0)

/**
 * Creates the problem of an input field with an unacceptable value.
 *
 * @param requirement Predicate of the sentence that begins with the path, such as `must be an object`.
 */
export function createFieldProblem(path: readonly string[], requirement: string): Problem {
  return new Problem('BAD_USER_INPUT', `"${path.join('.')}" ${requirement}.`, { path, delivery: 'rejected' })
}

/**
 * Returns the title unchanged.
 *
 * @throws BAD_USER_INPUT
 */
export function validateConferenceTitle(title: string): string {
  if (/[^\s\p{Cf}]/u.test(title) && [...title].length <= maxTitleLength && !/\p{Cc}/u.test(title)) return title
  const requirement = `must have 1 to ${maxTitleLength} characters, at least one of them visible, and no control characters`
  throw createFieldProblem(['input', 'title'], requirement)
}

/**
 * Checks a schedule.
 *
 * @throws BAD_USER_INPUT
 */
export function toSchedule({ oneTime, recurring, permanent }: typeof ScheduleInput.$inferInput): NewSchedule {
  if (oneTime) {
    const { startsAt, durationMinutes, timeZone = null } = oneTime
    validateTimes('oneTime', startsAt, durationMinutes)
    return { kind: 'once', startsAt, durationMinutes, timeZone }
  }
  if (recurring) {
    const { rrule, startsAt, durationMinutes, timeZone } = recurring
    validateTimes('recurring', startsAt, durationMinutes)
    return { kind: 'recurring', rrule, startsAt, durationMinutes, timeZone }
  }
  if (permanent) return { kind: 'permanent' }
  throw createFieldProblem(
    ['input', 'schedule', 'permanent'],
    'must be true. If the conference has another schedule, set "oneTime" or "recurring" instead',
  )
}

function validateTimes(kind: string, startsAt: Date, durationMinutes: number): void {
  const path = ['input', 'schedule', kind]
  const start = startsAt.getTime()
  if (!(start >= Date.now() - maxLatenessMs && start < startsBefore))
    throw createFieldProblem([...path, 'startsAt'], 'must be between now and the end of the year 2100')
  if (durationMinutes < 1 || durationMinutes > maxDurationMinutes)
    throw createFieldProblem([...path, 'durationMinutes'], `must be 1 to ${formatCount(maxDurationMinutes)}`)
}

/**
 * Returns the user's vendor ID or email address.
 *
 * @param inputPath Path of the reference, such as `input.owner`.
 * @throws INVALID_ID, or BAD_USER_INPUT if the user belongs to another account or the vendor ID is unusable.
 */
export function toUserReference(
  { id, vendorId, email }: typeof UserRefInput.$inferInput,
  account: Account,
  inputPath: string,
): UserReference {
  if (vendorId != null && !/^\P{Cc}{1,1000}$/u.test(vendorId))
    throw createFieldProblem(
      [...inputPath.split('.'), 'vendorId'],
      'must have 1 to 1,000 characters and no control characters',
    )
  if (id == null) return { vendorId: vendorId ?? null, email: email ?? null }
  const decoded = decodeId(id, `${inputPath}.id`, 'User')
  if (decoded.account !== account.key)
    throw createFieldProblem(
      [...inputPath.split('.'), 'id'],
      `must be the ID of a user of the account "${account.key}"`,
    )
  return { vendorId: decoded.parts[0]!, email: null }
}

/**
 * Returns the account with this key.
 *
 * @throws BAD_USER_INPUT if there is none that the caller has access to. Lists the keys that the caller can use.
 */
export function getAccount(key: string, path: readonly string[], { accounts }: Context): Account {
  const account = accounts.find((candidate) => candidate.key === key)
  if (account) return account
  const availableKeys = accounts.map((candidate) => candidate.key).join(', ')
  throw createFieldProblem(path, `is not an account that you have access to. Available accounts: ${availableKeys}`)
}

/**
 * Returns the account and the vendor IDs of the object that a mutation changes.
 *
 * @throws INVALID_ID, or NOT_FOUND if the caller does not have access to the account.
 */
export function resolveTarget(id: string, inputPath: string, type: NodeType, { accounts }: Context) {
  const { account: key, parts } = decodeId(id, inputPath, type)
  const account = accounts.find((candidate) => candidate.key === key)
  if (!account) throw createTargetProblem(inputPath, type)
  return { account, parts: parts as [string, string] }
}

const createTargetProblem = (inputPath: string, type: NodeType): Problem =>
  createNotFoundProblem(type.toLowerCase(), inputPath.split('.'))

/**
 * Returns an error handler, which throws: a vendor's NOT_FOUND without a path concerns the target, and gets its path. Other
 * errors are thrown unchanged.
 */
export function mapNotFound(inputPath: string, type: NodeType): (error: unknown) => never {
  return (error) => {
    const isOfTarget = error instanceof Problem && error.code === 'NOT_FOUND' && error.path === null
    throw isOfTarget && error.delivery !== 'unknown' ? createTargetProblem(inputPath, type) : error
  }
}

/**
 * Returns a method of a vendor, bound to the vendor.
 *
 * @param path Path of the input that selects the account.
 * @throws UNSUPPORTED_BY_VENDOR if the vendor does not have the method.
 */
export function getVendorMember<Name extends Exclude<keyof Vendor, 'pushedEvents' | 'polledEvents'>>(
  { vendor, label }: Account,
  name: Name,
  path: readonly string[],
): NonNullable<Vendor[Name]> {
  const member = vendor[name]
  if (member) return member.bind(vendor) as NonNullable<Vendor[Name]>
  throw new Problem(
    'UNSUPPORTED_BY_VENDOR',
    `${label} does not support this mutation. Query "accounts { capabilities }" to see what each account supports.`,
    {
      path,
      delivery: 'rejected',
    },
  )
}
