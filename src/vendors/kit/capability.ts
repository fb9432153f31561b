import type { Listing, Vendor } from '../vendor.ts'

/** What a vendor can do, in the schema's order, each with the members that show it. */
const shownBy = {
  LIST_USERS: (vendor) => vendor.users,
  GET_USER: (vendor) => vendor.getUser,
  LIST_CONFERENCES: (vendor) => vendor.conferences,
  GET_CONFERENCE: (vendor) => vendor.getConference,
  LIST_PARTICIPANTS: (vendor) => vendor.participants,
  CREATE_CONFERENCE: (vendor) => vendor.createConference,
  UPDATE_CONFERENCE: (vendor) => vendor.updateConference,
  DELETE_CONFERENCE: (vendor) => vendor.deleteConference,
  RUN_CONFERENCE: (vendor) => vendor.runConference,
  END_CONFERENCE: (vendor) => vendor.endConference,
  INVITE_PARTICIPANT: (vendor) => vendor.inviteParticipant,
  REMOVE_PARTICIPANT: (vendor) => vendor.removeParticipant,
  UPLOAD_CONFERENCE_FILE: (vendor) => vendor.uploadConferenceFile,
  UPLOAD_AVATAR: (vendor) => vendor.uploadAvatar,
  UPLOAD_LIBRARY_FILE: (vendor) => vendor.uploadLibraryFile,
  ISSUE_USER_TOKEN: (vendor) => vendor.issueUserToken,
  // The contract knows webhooks; no vendor has them yet.
  WEBHOOKS: () => undefined,
  TOTAL_COUNT: (vendor) => counted(vendor.users?.({})) || counted(vendor.conferences?.({})),
} satisfies Record<string, (vendor: Vendor) => unknown>

export type Capability = keyof typeof shownBy

export const capabilities = Object.keys(shownBy) as Capability[]

export function capabilitiesOf(vendor: Vendor): Capability[] {
  return capabilities.filter((capability) => Boolean(shownBy[capability](vendor)))
}

function counted(listing: Listing<unknown> | undefined): boolean {
  if (!listing) return false
  if (!('outer' in listing)) return listing.counted === true
  return Array.isArray(listing.outer) && listing.outer.every((word) => listing.inner(word).counted)
}
