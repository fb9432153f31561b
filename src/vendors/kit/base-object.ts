import { removeCredentials } from './credentials.ts'
import { requireId } from './lenient.ts'

/** An object over what the vendor sent of it. Its class reads a field when a GraphQL operation requests it. */
export abstract class BaseObject<Item> {
  readonly vendorId: string
  readonly #item: Item

  /**
   * @param vendorId Null if the item has no ID.
   * @param item The vendor's object, as the vendor sent it.
   * @throws VENDOR_BAD_RESPONSE if there is no ID.
   */
  constructor(vendorId: string | null, item: unknown) {
    this.vendorId = requireId(vendorId)
    this.#item = item as Item
  }

  /** Not an own property, so that nothing that copies or prints the object copies the vendor's credentials. */
  protected get item(): Item {
    return this.#item
  }

  get raw(): unknown {
    return removeCredentials(this.#item)
  }
}
