import { BaseUser } from '../kit/base-user.ts'
import { readField, toEmail, toObject, toText, toTimeZone, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { User, UserStatus } from '../vendor-objects.ts'

/** Statuses by Zoom's name. */
export const statuses: ReadonlyMap<string, UserStatus> = new Map([
  ['active', 'ACTIVE'],
  ['inactive', 'INACTIVE'],
  ['pending', 'PENDING'],
])

/** Returns the ID of a user. For a pending user, it is the email address, because Zoom's lists contain no ID for them. */
export function getUserId(raw: unknown, status = readField(raw, 'status')): string | null {
  return readField(raw, status === 'pending' ? 'email' : 'id')
}

/** Fields that items of `GET /users` lack. */
const unlisted: ReadonlySet<keyof User> = new Set(['avatarUrl', 'phoneNumbers'] as const)

type UserItem = UnreadFields<
  | 'email'
  | 'display_name'
  | 'first_name'
  | 'last_name'
  | 'status'
  | 'pic_url'
  | 'phone_numbers'
  | 'phone_number'
  | 'dept'
  | 'timezone'
  | 'user_created_at'
  | 'created_at'
  | 'last_login_time'
>

/** A user from `GET /users` or `GET /users/{userId}`. */
export class ZoomUser extends BaseUser<UserItem> {
  readonly #listed: string | undefined

  /**
   * @param listed Status of the list that the item is from, because Zoom can omit it. Undefined outside of lists.
   * @throws `VENDOR_BAD_RESPONSE` if there is no ID.
   */
  constructor(raw: unknown, listed?: string) {
    super(getUserId(raw, listed), raw)
    this.#listed = listed
  }

  override get email() {
    return toEmail(this.item.email)
  }
  override get displayName() {
    return toText(this.item.display_name) ?? ([this.givenName, this.familyName].filter(Boolean).join(' ') || null)
  }
  override get givenName() {
    return toText(this.item.first_name)
  }
  override get familyName() {
    return toText(this.item.last_name)
  }
  override get status() {
    return statuses.get(toText(this.item.status) ?? this.#listed ?? '') ?? 'UNKNOWN'
  }
  override get avatarUrl() {
    return toWebUrl(this.item.pic_url)
  }
  override get phoneNumbers() {
    const phone = toText(this.item.phone_number)
    return toShortList(this.item.phone_numbers, readPhone) ?? (phone === null ? [] : [phone])
  }
  // `company` is null: only `GET /users/{userId}` reports it, which would take one vendor call for each user of a list.
  override get department() {
    return toText(this.item.dept)
  }
  override get timeZone() {
    return toTimeZone(this.item.timezone)
  }
  override get createdAt() {
    // For pending users, Zoom returns the time of the request.
    if (this.status === 'PENDING') return null
    return parseTimestamp(this.item.user_created_at) ?? parseTimestamp(this.item.created_at)
  }
  override get lastSeenAt() {
    return parseTimestamp(this.item.last_login_time)
  }
  override get unlisted() {
    return this.#listed === undefined ? undefined : unlisted
  }
}

function readPhone(value: unknown): string | null {
  const phone = toObject<'code' | 'number'>(value)
  const number = toText(phone?.number)
  return number && `${toText(phone?.code) ?? ''}${number}`
}
