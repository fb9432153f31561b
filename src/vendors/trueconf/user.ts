import { BaseUser } from '../kit/base-user.ts'
import { getItemId, toFlag, toText, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import type { Presence } from '../vendor-objects.ts'

type UserItem = UnreadFields<
  | 'email'
  | 'display_name'
  | 'first_name'
  | 'last_name'
  | 'company'
  | 'mobile_phone'
  | 'work_phone'
  | 'home_phone'
  | 'avatar'
  | 'is_active'
  | 'status'
>

/** Presence by TrueConf's `status`. 5 is the owner of a running conference. Negative codes do not report presence. */
const presences = new Map<string, Presence>([
  ['0', 'OFFLINE'],
  ['1', 'ONLINE'],
  ['2', 'BUSY'],
  ['5', 'IN_CONFERENCE'],
])

/** A user from `GET /users` or `GET /users/{user_id}`. */
export class TrueConfUser extends BaseUser<UserItem> {
  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(raw: unknown) {
    super(getItemId(raw), raw)
  }

  override get email() {
    return toText(this.item.email)
  }
  override get displayName() {
    return toText(this.item.display_name)
  }
  override get givenName() {
    return toText(this.item.first_name)
  }
  override get familyName() {
    return toText(this.item.last_name)
  }
  override get status() {
    const isActive = toFlag(this.item.is_active)
    return isActive === null ? 'UNKNOWN' : isActive ? 'ACTIVE' : 'INACTIVE'
  }
  override get presence() {
    const status = toText(this.item.status)
    return status === null ? null : (presences.get(status) ?? 'UNKNOWN')
  }
  override get avatarUrl() {
    return toWebUrl(this.item.avatar)
  }
  override get phoneNumbers() {
    const { mobile_phone, work_phone, home_phone } = this.item
    return [mobile_phone, work_phone, home_phone].map(toText).filter((phone) => phone !== null)
  }
  override get company() {
    return toText(this.item.company)
  }
}
