import type { CallContext } from '../../upstream/call-context.ts'
import { createReferenceProblem } from '../kit/problems.ts'
import type { ConferenceReference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'

/** An ID of the edge API: base64 without padding. Some tolerance, because the vendor does not define its form. */
const workspaceId = /^[\w+=~-]{1,255}$/

/** Finds a workspace by its ID. Workspaces have no join links. */
export async function findConference(
  { getConference }: Required<Pick<Vendor, 'getConference'>>,
  ref: ConferenceReference,
  call: CallContext,
): Promise<Conference | null> {
  if ('joinUrl' in ref) return null
  if (workspaceId.test(ref.vendorId)) return getConference(ref.vendorId, call)
  throw createReferenceProblem(
    'vendorId',
    'must be the ID of a workspace: 1 to 255 letters, digits, or characters of "_+=~-"',
  )
}
