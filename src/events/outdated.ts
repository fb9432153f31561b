/** What a message of a vendor makes outdated. */
export interface Outdated {
  /** `vendorId` of a conference. Null if none. */
  conference: string | null
  areUsersOutdated: boolean
}
