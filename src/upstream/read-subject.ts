/** Kinds of data that can be cached, each for its own time. */
export type ReadKind = 'users' | 'conferences' | 'participants'

/** What a response describes. */
export interface ReadSubject {
  kind: ReadKind
  /** Vendor ID of the conference. Omitted if the response can describe several, such as a page of a list. */
  conferenceId?: string | undefined
  /** Whether a body that the schema accepts reports that a conference is running. Must not throw. Default: no. */
  reportsRunning?(body: unknown): boolean
}

/** Data that a mutation or an event changes: users, or conferences. `conferenceId` is null for a conference that is new. */
export type DataChange = { kind: 'users' } | { kind: 'conferences'; conferenceId: string | null }

const conferenceLists = 'lists'

/** Returns the name of the group of responses that become outdated together. */
export function getTopic({ kind, conferenceId }: ReadSubject): string {
  if (kind === 'users') return kind
  return conferenceId === undefined ? conferenceLists : formatConferenceTopic(conferenceId)
}

/** Returns the topics whose responses a change makes outdated. */
export function listTopics(change: DataChange): string[] {
  if (change.kind === 'users') return [change.kind]
  const { conferenceId } = change
  return conferenceId === null ? [conferenceLists] : [conferenceLists, formatConferenceTopic(conferenceId)]
}

/** A vendor can ignore the case of IDs. */
const formatConferenceTopic = (id: string): string => `conference ${id.toLowerCase()}`
