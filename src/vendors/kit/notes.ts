/**
 * How one vendor differs from what the schema's descriptions say of all vendors. The schema builds a sentence of each entry
 * and adds it to the description. An entry is keyed by its schema coordinate, such as `User.company`.
 */
export interface VendorNotes {
  /** Inputs that the vendor does not support: a request with one of them fails with UNSUPPORTED_BY_VENDOR. */
  unsupported: readonly string[]
  /** Fields that are null or empty for every object of the vendor. */
  unreported: readonly string[]
  /** Other differences: the rest of a sentence that begins with the vendor's name and a colon. */
  notes: Readonly<Record<string, string>>
}
