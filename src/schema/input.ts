import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type { NewSchedule, UserReference, Vendor } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { decodeId, type NodeType } from './ids.ts'

export const UserRefInput = builder.inputType('UserRef', {
  description: "A user of the same account, by id or by the vendor's own id or e-mail.",
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'The `id` of a user of the same account.' }),
    vendorId: t.string({
      description: 'The `vendorId` of a user.',
    }),
    email: t.field({ type: 'EmailAddress', description: 'Email address.' }),
  }),
})

const OneTimeScheduleInput = builder.inputType('OneTimeScheduleInput', {
  description: 'Once, at a set time.',
  fields: (t) => ({
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When it starts (the first time), between now and the end of the year 2100.',
    }),
    durationMinutes: t.int({ required: true, description: 'Duration in minutes, 1 to 1,440.' }),
    timeZone: t.field({ type: 'TimeZone', description: 'Whose clock it goes by; UTC where it is absent.' }),
  }),
})

const RecurringScheduleInput = builder.inputType('RecurringScheduleInput', {
  description: 'Again and again.',
  fields: (t) => ({
    rrule: t.string({
      required: true,
      description: 'Recurrence rule (RFC 5545), such as `FREQ=WEEKLY;BYDAY=MO,WE`.',
    }),
    startsAt: t.field({
      type: 'DateTime',
      required: true,
      description: 'When it starts (the first time), between now and the end of the year 2100.',
    }),
    durationMinutes: t.int({ required: true, description: 'Duration in minutes, 1 to 1,440.' }),
    timeZone: t.field({ type: 'TimeZone', required: true, description: 'Whose clock the rule goes by.' }),
  }),
})

export const ScheduleInput = builder.inputType('ScheduleInput', {
  description: 'Schedule of a conference. Exactly one of these is required.',
  isOneOf: true,
  fields: (t) => ({
    oneTime: t.field({ type: OneTimeScheduleInput, description: 'Once.' }),
    recurring: t.field({ type: RecurringScheduleInput, description: 'Again and again.' }),
    permanent: t.boolean({ description: 'Only true: a room that is always there.' }),
  }),
})

const maxTitleLength = 200
const longestDuration = 1_440
/** How far in ms a start may lie behind us: clocks differ, and "now" takes its time to arrive. */
const lateness = 60_000
const latestStart = Date.UTC(2101, 0)

export function createInputProblem(path: readonly string[], must: string): Problem {
  return new Problem('BAD_USER_INPUT', `"${path.join('.')}" ${must}.`, { path, delivery: 'rejected' })
}

/** The title as it is. Throws BAD_USER_INPUT. */
export function validateTitle(title: string): string {
  if (/[^\s\p{Cf}]/u.test(title) && [...title].length <= maxTitleLength && !/\p{Cc}/u.test(title)) return title
  const must = `must have 1 to ${maxTitleLength} characters, not all spaces, no control characters`
  throw createInputProblem(['input', 'title'], must)
}

/** Throws BAD_USER_INPUT. */
export function toSchedule(given: typeof ScheduleInput.$inferInput): NewSchedule {
  const { oneTime, recurring, permanent } = given
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
  throw createInputProblem(
    ['input', 'schedule', 'permanent'],
    'must be true; leave the schedule out for what the vendor does then',
  )
}

function validateTimes(kind: string, startsAt: Date, durationMinutes: number): void {
  const path = ['input', 'schedule', kind]
  const start = startsAt.getTime()
  if (!(start >= Date.now() - lateness && start < latestStart))
    throw createInputProblem([...path, 'startsAt'], 'must lie between now and the end of the year 2100')
  if (durationMinutes < 1 || durationMinutes > longestDuration)
    throw createInputProblem([...path, 'durationMinutes'], `must be 1 to ${longestDuration}`)
}

/** Throws INVALID_ID; BAD_USER_INPUT for a user of another account. */
export function toUserReference(
  { id, vendorId, email }: typeof UserRefInput.$inferInput,
  account: Account,
  place: string,
): UserReference {
  if (vendorId != null && !/^\P{Cc}{1,1000}$/u.test(vendorId))
    throw createInputProblem([...place.split('.'), 'vendorId'], 'must have 1 to 1000 characters, no control characters')
  if (id == null) return { vendorId: vendorId ?? null, email: email ?? null }
  const decoded = decodeId(id, `${place}.id`, 'User')
  if (decoded.account !== account.key)
    throw createInputProblem([...place.split('.'), 'id'], `must be the id of a user of the account ${account.key}`)
  return { vendorId: decoded.parts[0]!, email: null }
}

/** An account of the caller's by its key. Throws BAD_USER_INPUT. */
export function getAccount(key: string, path: readonly string[], { accounts }: Context): Account {
  const account = accounts.find((known) => known.key === key)
  if (account) return account
  const usable = accounts.map((known) => known.key).join(', ')
  throw createInputProblem(path, `names an account that you cannot use; you can use: ${usable}`)
}

/** What a mutation is to act on. Throws INVALID_ID; NOT_FOUND where its account is not the caller's to use. */
export function resolveTarget(id: string, place: string, type: NodeType, { accounts }: Context) {
  const { account: key, parts } = decodeId(id, place, type)
  const account = accounts.find((known) => known.key === key)
  if (!account) throw createNotFoundProblem(place, type)
  return { account, parts: parts as [string, string] }
}

/** The same for what is not there and for what the caller may not see. */
export function createNotFoundProblem(place: string, type: NodeType): Problem {
  return new Problem('NOT_FOUND', `There is no such ${type.toLowerCase()}.`, {
    path: place.split('.'),
    delivery: 'rejected',
  })
}

/** A vendor's NOT_FOUND that names no other input is of the target. */
export function mapNotFound(place: string, type: NodeType): (error: unknown) => never {
  return (error) => {
    const own = error instanceof Problem && error.code === 'NOT_FOUND' && error.path === null
    throw own && error.delivery !== 'unknown' ? createNotFoundProblem(place, type) : error
  }
}

/** A vendor's member, bound to it. Throws UNSUPPORTED_BY_VENDOR naming the input. */
export function getVendorMember<Name extends keyof Vendor>(
  { vendor, label }: Account,
  name: Name,
  path: readonly string[],
): NonNullable<Vendor[Name]> {
  const member = vendor[name]
  if (member) return member.bind(vendor) as NonNullable<Vendor[Name]>
  throw new Problem('UNSUPPORTED_BY_VENDOR', `${label} cannot do this; its capabilities say what it can.`, {
    path,
    delivery: 'rejected',
  })
}
