import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createReferenceProblem, nullIfNotFound } from '../kit/problems.ts'
import type { ConferenceReference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import { getConference } from './conferences.ts'
import type { JoinHosts } from './join-hosts.ts'

/** IDs that callers can choose have letters, digits, and underscores. */
const conferenceId = /^[\w-]{1,128}$/
/** Paths of the page to join a conference, and of its web client. */
const joinPath = /^\/(?:c|webrtc)\/([\w-]{1,128})\/?$/

/** Finds a conference by its ID, or by its join link. The link's host must be that of one of the conference's own links. */
export async function findConference(
  client: VendorClient,
  hosts: JoinHosts,
  ref: ConferenceReference,
  call: CallContext,
): Promise<Conference | null> {
  const find = async (id: string) => {
    const conference = await nullIfNotFound(() => getConference(client, id, call))
    if (conference) hosts.learn(conference.joinHosts)
    return conference
  }
  if ('vendorId' in ref) {
    if (conferenceId.test(ref.vendorId)) return find(ref.vendorId)
    throw createReferenceProblem(
      'vendorId',
      'must have 1 to 128 letters (A to Z, a to z), digits, underscores, or hyphens',
    )
  }
  const { protocol, host, pathname } = ref.joinUrl
  const [, id] = joinPath.exec(pathname) ?? []
  if (id === undefined || !/^https?:$/.test(protocol) || !hosts.canInclude(host)) return null
  const conference = await find(id)
  return conference?.joinHosts.includes(host) ? conference : null
}
