/**
 * Differences of one vendor from the schema's descriptions, which describe all vendors. The schema makes a sentence of each
 * entry and adds it to the description. An entry belongs to a schema coordinate, such as `User.company`.
 */
export interface VendorNotes {
  /** Inputs that the vendor does not support: a request with one of them fails with UNSUPPORTED_BY_VENDOR. */
  unsupported: readonly string[]
  /** Fields that are null or empty for every object of the vendor, and kinds of events that it does not report. */
  unreported: readonly string[]
  /** Other differences, by schema coordinate: the rest of a sentence that begins with the vendor's name and a colon. */
  notes: Readonly<Record<string, string>>
}
