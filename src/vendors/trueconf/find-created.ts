import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import type { Conference, NewConference } from '../vendor.ts'
import { getChosenId, type IdLicense, listIds } from './conference-id.ts'
import { readConference } from './conference.ts'
import { getConference } from './conferences.ts'
import { matchesNewConference, isCreatedSince, isOlderThanKey, isRecognizable } from './is-created.ts'
import { iterateItems } from '../kit/iterate-pages.ts'
import { createConferenceLists } from './lists.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { findUserId, type Users } from './users.ts'

type FindCreatedResult = Conference | null | 'ambiguous'

/** After a lost response: the conference that was made of `input` since `sentAt`, by its ID, else among all. */
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
    const conference = await nullIfNotFound(getConference(client, id, call))
    if (!conference) {
      // Where callers choose IDs, it was made under none of the next ones either.
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
  // Another conference has the ID that the caller chose: the server rejected the creation.
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
  const found: Conference[] = []
  let isDoubtful = false
  for await (const conference of iterateItems(createConferenceLists(client)({}, readConference), call)) {
    // IDs that the server chooses are digits.
    if (!/^\d+$/.test(conference.vendorId) || !isRecognizable(conference)) continue
    if (!matchesNewConference(conference, input, owner)) continue
    const isSince = isCreatedSince(conference, sentAt)
    if (isSince) found.push(conference)
    else isDoubtful ||= isSince === null
  }
  return found.length > 1 || (found.length === 0 && isDoubtful) ? 'ambiguous' : (found[0] ?? null)
}
