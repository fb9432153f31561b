import { BaseUser } from '../kit/base-user.ts'
import { toText, type UnreadFields } from '../kit/lenient.ts'
import { readItem } from './item.ts'

type UserDetails = UnreadFields<'fullName' | 'email'>

/** A user from `GET /users` or `GET /users/{id}`. */
export class CentralUser extends BaseUser<unknown> {
  readonly #details: UserDetails

  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(raw: unknown) {
    const { id, details } = readItem<keyof UserDetails>(raw)
    super(id, raw)
    this.#details = details
  }

  override get email() {
    return toText(this.#details.email)
  }
  override get displayName() {
    return toText(this.#details.fullName)
  }
}
