import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { FlatList } from '../../vendors/vendor-lists.ts'
import type { Conference } from '../../vendors/vendor-objects.ts'
import type { PolledEvents, Vendor } from '../../vendors/vendor.ts'
import { MissingConferences } from './missing-conferences.ts'
import { ParticipantReader } from './participant-reader.ts'
import { formatComparedFields, type PolledConference } from './polled-conference.ts'
import { readPolledList, type ListReport } from './polled-list.ts'

/** Number of polls in a row that must find the same incomplete list until it is accepted: a vendor's total can be wrong. */
const maxSameShapes = 3
/** Maximum number of times that the first poll reads the list until no total changes between two pages. */
const maxFirstReads = 3

/** A conference in the list that could not be read yet. */
const unreadConference: PolledConference = { fields: null, isRunning: false, participants: null, isListed: true }

export interface ReadSnapshotOptions {
  /** Result of the last complete poll. Null if there is none. */
  before: Map<string, PolledConference> | null
  /** Whether the participants of a conference are selected. */
  selectsParticipants(id: string): boolean
  /** Maximum number of lookups of missing conferences. */
  maxLookups: number
  /** Returns the context of the next vendor call. @throws Problem if the poll takes too long. */
  createCall(): CallContext
}

/** What a poll has read so far. */
interface Reading {
  after: Map<string, PolledConference>
  /** The running conferences. */
  running: Map<string, Conference>
  add(conference: Conference): PolledConference
}

/** Reads what polling compares: all conferences of an account, and the participants that are selected. */
export class SnapshotReader {
  readonly #vendor: Vendor
  readonly #polledEvents: PolledEvents
  readonly #list: FlatList<Conference>
  readonly #missing = new MissingConferences()
  readonly #participants: ParticipantReader
  #incompleteShape = ''
  #sameShapes = 0

  /** @param vendor Has `polledEvents`. */
  constructor(vendor: Vendor) {
    this.#vendor = vendor
    this.#polledEvents = vendor.polledEvents!
    const list = vendor.conferences!({})
    if ('parent' in list) throw new Error('A nested list cannot be polled for events.')
    this.#list = list
    this.#participants = new ParticipantReader(this.#polledEvents)
  }

  /**
   * Reads the account once.
   *
   * @returns Null if a second poll must agree before the result is compared.
   * @throws Problem if the result is not complete.
   */
  async read(options: ReadSnapshotOptions): Promise<Map<string, PolledConference> | null> {
    const { before, maxLookups, createCall } = options
    const { report, reading } = await this.#readList(options)
    const { after, running, add } = reading
    this.#rejectIncomplete(report)
    const pacer = new Pacer()
    for (const id of report.ids) {
      if (pacer.isDue) await pacer.pause()
      if (after.has(id) || report.deleted.has(id)) continue
      // The conference is in the list, but cannot be read. A new one is reported when it can be read.
      const known = before === null ? unreadConference : before.get(id)
      if (known) after.set(id, { ...known, isListed: true })
    }
    if (before) {
      const isComparable = await this.#missing.resolve({
        before,
        after,
        listedIds: report.ids,
        maxLookups,
        lookUp: (id) => this.#vendor.getConference!(id, createCall()),
        toPolled: add,
      })
      if (!isComparable) return null
    }
    await this.#participants.read({ ...options, after, running })
    return after
  }

  async #readList({ before, createCall }: ReadSnapshotOptions): Promise<{ report: ListReport; reading: Reading }> {
    for (let reads = 1; ; reads++) {
      const reading = this.#createReading(before)
      const report = await readPolledList({ list: this.#list, createCall, onConference: reading.add })
      // A conference that the first poll does not see looks created in the next one.
      if (before !== null || !report.hasMoved || reads === maxFirstReads) return { report, reading }
    }
  }

  /** @throws Problem if the list is incomplete, unless the last polls have found exactly the same. */
  #rejectIncomplete({ problem, shape }: ListReport): void {
    this.#sameShapes = shape === this.#incompleteShape ? this.#sameShapes + 1 : 1
    this.#incompleteShape = problem ? shape : ''
    if (problem && this.#sameShapes < maxSameShapes) throw problem
  }

  #createReading(before: ReadSnapshotOptions['before']): Reading {
    const after: Reading['after'] = new Map()
    const running: Reading['running'] = new Map()
    const add = (conference: Conference): PolledConference => {
      const { vendorId, state, title } = conference
      const earlier = before?.get(vendorId)
      // A conference whose state is not known has neither started nor ended.
      const isRunning = state === 'RUNNING' || (state === 'UNKNOWN' && earlier?.isRunning === true)
      const formatted = formatComparedFields(conference, this.#polledEvents.comparedFields)
      // Without a title, the vendor's data is incomplete, and the other fields can be missing, too.
      const fields = title === '' ? (earlier?.fields ?? formatted) : formatted
      const polled: PolledConference = { fields, isRunning, participants: null, isListed: true }
      after.set(vendorId, polled)
      if (isRunning) running.set(vendorId, conference)
      return polled
    }
    return { after, running, add }
  }
}
