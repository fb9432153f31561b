import { removeCredentials } from './credentials.ts'
import { requireId } from './lenient.ts'

/** An object that parses a field of the vendor's JSON object when a GraphQL operation requests it. */
export abstract class BaseObject<Item> {
  readonly vendorId: string
  readonly #item: Item

  /**
   * @param vendorId Null if the item has no ID.
   * @param item The vendor's JSON object.
   * @throws `VENDOR_BAD_RESPONSE` if `vendorId` is null.
   */
  constructor(vendorId: string | null, item: unknown) {
    this.vendorId = requireId(vendorId)
    this.#item = item as Item
  }

  /** Not an own property, so that the vendor's credentials are not included when the object is copied or printed. */
  protected get item(): Item {
    return this.#item
  }

  get raw(): unknown {
    return removeCredentials(this.#item)
  }
}
