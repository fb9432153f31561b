import type { VendorList } from '../vendor-lists.ts'
import type { Vendor } from '../vendor.ts'

/** Returns the member of a vendor that implements each capability, in the order of the schema. */
const memberByCapability = {
  LIST_USERS: (vendor) => vendor.users,
  GET_USER: (vendor) => vendor.getUser,
  LIST_CONFERENCES: (vendor) => vendor.conferences,
  GET_CONFERENCE: (vendor) => vendor.getConference,
  LIST_PARTICIPANTS: (vendor) => vendor.participants,
  LIST_RECORDINGS: (vendor) => vendor.recordings,
  LIST_SESSIONS: (vendor) => vendor.sessions,
  CREATE_CONFERENCE: (vendor) => vendor.createConference,
  UPDATE_CONFERENCE: (vendor) => vendor.updateConference,
  DELETE_CONFERENCE: (vendor) => vendor.deleteConference,
  RUN_CONFERENCE: (vendor) => vendor.runConference,
  END_CONFERENCE: (vendor) => vendor.endConference,
  UPDATE_OCCURRENCE: (vendor) => vendor.updateOccurrence,
  CANCEL_OCCURRENCE: (vendor) => vendor.cancelOccurrence,
  INVITE_PARTICIPANT: (vendor) => vendor.inviteParticipant,
  REMOVE_PARTICIPANT: (vendor) => vendor.removeParticipant,
  DELETE_RECORDING: (vendor) => vendor.deleteRecording,
  UPLOAD_CONFERENCE_FILE: (vendor) => vendor.uploadConferenceFile,
  UPLOAD_AVATAR: (vendor) => vendor.uploadAvatar,
  UPLOAD_LIBRARY_FILE: (vendor) => vendor.uploadLibraryFile,
  ISSUE_USER_TOKEN: (vendor) => vendor.issueUserToken,
  WATCH_CONFERENCES: (vendor) => vendor.polledEvents ?? findPushedEvents(vendor),
  WEBHOOKS: (vendor) => findPushedEvents(vendor),
  TOTAL_COUNT: (vendor) => reportsTotal(vendor.users?.({})) || reportsTotal(vendor.conferences?.({})),
} satisfies Record<string, (vendor: Vendor) => unknown>

export type Capability = keyof typeof memberByCapability

export const capabilities = Object.keys(memberByCapability) as Capability[]

/** Lists what a vendor supports, in the order of the schema. */
export function listCapabilities(vendor: Vendor): Capability[] {
  return capabilities.filter((capability) => Boolean(memberByCapability[capability](vendor)))
}

/** Returns the way in which the vendor sends events, if one is configured. */
const findPushedEvents = ({ pushedEvents }: Vendor) => pushedEvents?.readHook ?? pushedEvents?.socket

function reportsTotal(list: VendorList<unknown> | undefined): boolean {
  if (!list) return false
  if (!('parent' in list)) return list.reportsTotal === true
  return Array.isArray(list.parent) && list.parent.every((partition) => list.getChildList(partition).reportsTotal)
}
