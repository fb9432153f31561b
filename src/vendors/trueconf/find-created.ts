import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import type { NewConference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import { getChosenId, type IdLicense, listIds } from './conference-id.ts'
import { readConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { matchesNewConference, isCreatedSince, isOlderThanKey, isRecognizable } from './is-created.ts'
import { iterateItems } from '../kit/iterate-pages.ts'
import { createConferenceLists } from './lists.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { findUserId, type Users } from './users.ts'

type FindCreatedResult = Conference | null | 'ambiguous'

/**
 * Finds the conference that was created from `input` after `sentAt`, by its ID or by a scan of all conferences
 * (`GET /conferences/{conference_id}`, `GET /conferences`).
 */
export async function findCreated(
  client: VendorClient,
  users: Users,
  license: IdLicense,
  input: NewConference,
  sentAt: number,
  call: CallContext,
): Promise<FindCreatedResult> {
  const isChosen = getChosenId(input) !== null
  const findOwner = () => findUserId(input.owner ?? { vendorId: null, email: null }, users, call)
  for (const id of listIds(input)) {
    const conference = await nullIfNotFound(() => getConference(client, id, call))
    if (!conference) {
      // If the license allows chosen IDs, a later ID is used only if an earlier one is in use.
      if (license.canChooseIds) return null
      break
    }
    const owner = await findOwner()
    if (owner === null || !matchesNewConference(conference, input, owner)) continue
    const isSince = isChosen ? isCreatedSince(conference, sentAt) : !isOlderThanKey(conference, sentAt)
    if (isSince === null) return 'ambiguous'
    if (!isSince) continue
    license.canChooseIds = true
    return conference
  }
  // Another conference has the ID that the caller chose, so that the server rejected the creation.
  if (isChosen && license.canChooseIds) return null
  const owner = await findOwner()
  return owner === null ? null : scanForCreated(client, input, owner, sentAt, call)
}

async function scanForCreated(
  client: VendorClient,
  input: NewConference,
  owner: string,
  sentAt: number,
  call: CallContext,
): Promise<FindCreatedResult> {
  const matches: Conference[] = []
  let isUncertain = false
  for await (const conference of iterateItems(createConferenceLists(client)({}, readConference), call)) {
    // IDs that the server chooses have only digits.
    if (!/^\d+$/.test(conference.vendorId) || !isRecognizable(conference)) continue
    if (!matchesNewConference(conference, input, owner)) continue
    const isSince = isCreatedSince(conference, sentAt)
    if (isSince) matches.push(conference)
    else isUncertain ||= isSince === null
  }
  return matches.length > 1 || (matches.length === 0 && isUncertain) ? 'ambiguous' : (matches[0] ?? null)
}
