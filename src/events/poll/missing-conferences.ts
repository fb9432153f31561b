import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import { isItemError } from '../../paging/page-errors.ts'
import type { Conference } from '../../vendors/vendor-objects.ts'
import type { PolledConference } from './polled-conference.ts'

/** If more conferences are missing at the same time, a second poll must agree. */
const maxMissingAtOnce = 5
/** Maximum number of lookups per poll for conferences that exist although earlier polls did not find them in the list. */
const maxUnlistedLookups = 2

export interface ResolveMissingOptions {
  before: Map<string, PolledConference>
  /** Conferences in the list of the new poll. Missing conferences are added, unless they were deleted. */
  after: Map<string, PolledConference>
  /** IDs of all items of the list. */
  listedIds: ReadonlySet<string>
  /** Maximum number of lookups of this poll. The others follow in later polls. */
  maxLookups: number
  /** Fetches a conference. Null if it does not exist. @throws Problem */
  lookUp(id: string): Promise<Conference | null>
  toPolled(conference: Conference): PolledConference
}

/** Decides what happened to conferences that a list lacks. Absence proves nothing, so each is looked up by its ID. */
export class MissingConferences {
  /** IDs that the previous list lacked. */
  #missingBefore: ReadonlySet<string> = new Set()

  /**
   * Adds the conferences to `after` that are missing in the list and not confirmed as deleted.
   *
   * @returns False if so many are missing that a second poll must agree before this one is compared.
   * @throws VENDOR_BAD_RESPONSE if lookups show that the list lacks conferences that exist.
   */
  async resolve(options: ResolveMissingOptions): Promise<boolean> {
    const { before, after, listedIds, maxLookups } = options
    const missing: string[] = []
    const unlisted: string[] = []
    const pacer = new Pacer()
    for (const [id, conference] of before) {
      if (pacer.isDue) await pacer.pause()
      if (listedIds.has(id)) continue
      ;(conference.isListed ? missing : unlisted).push(id)
      after.set(id, conference)
    }
    const areMany = missing.length > maxMissingAtOnce
    const agreed = areMany ? missing.filter((id) => this.#missingBefore.has(id)) : missing
    this.#missingBefore = new Set(missing)
    if (areMany && agreed.length === 0) return false

    const ids = [...agreed.slice(0, maxLookups), ...unlisted.slice(0, maxUnlistedLookups)].slice(0, maxLookups)
    const isDoubtful = areMany || listedIds.size === 0
    for (const id of ids) {
      const earlier = before.get(id)!
      const isExplained = await lookUpMissing(id, earlier, options)
      if (isExplained || !isDoubtful || !earlier.isListed) continue
      // If the vendor lists this conference never again, later polls must not fail because of it.
      if (listedIds.size > 0) before.set(id, { ...earlier, isListed: false })
      throw createUntrustedListProblem()
    }
    return true
  }
}

/** Returns whether the absence is explained: the conference was deleted, or it was running and has ended. */
async function lookUpMissing(
  id: string,
  earlier: PolledConference,
  { after, lookUp, toPolled }: ResolveMissingOptions,
): Promise<boolean> {
  // Added again at the end, so that the next poll looks up the others first.
  after.delete(id)
  let polled = earlier
  try {
    const conference = await lookUp(id)
    if (conference === null) return true
    polled = toPolled(conference)
  } catch (error) {
    // What the vendor does not show is not confirmed as deleted.
    if (!(error instanceof Problem) || !(isItemError(error) || error.code === 'VENDOR_FORBIDDEN')) throw error
  }
  after.set(id, { ...polled, isListed: false })
  return earlier.isRunning && !polled.isRunning
}

const createUntrustedListProblem = (): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', "The vendor's list of conferences lacks conferences that exist. Retry later.")
