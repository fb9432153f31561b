import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'

export interface LiveConference {
  id: string
  title: string
  state: string
  account: { label: string }
}

interface LiveEvent {
  type: string
  conferenceId: string
  conference: LiveConference | null | undefined
}

/** The fields of a `ConferenceEventMessage` that the list needs. */
export interface LiveMessage {
  event: LiveEvent | null | undefined
  gaps: readonly unknown[]
  sources: readonly LiveSource[]
}

interface LiveSource {
  account: { label: string }
  status: string
  problem: { message: string } | null | undefined
}

interface Props {
  /** Follows the messages. Returns a function that ends this. Must be the same function at each rendering. */
  watch(onMessage: (message: LiveMessage) => void, onError: (error: Error) => void): () => void
  /** Fetches the running conferences. Must be the same function at each rendering. */
  fetchRunning(): Promise<readonly LiveConference[]>
}

/** Opens the stream when the user asks for it. */
export function LiveSection({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-label="Live">
      <h2>Running now</h2>
      {isOpen ? children : <button onClick={() => setOpen(true)}>Follow</button>}
    </section>
  )
}

/** Lists the running conferences of all accounts, and changes with every event. */
export function LiveList({ watch, fetchRunning }: Props) {
  const [conferences, setConferences] = useState<readonly LiveConference[]>([])
  const [sources, setSources] = useState<readonly LiveSource[]>([])
  const [last, setLast] = useState<LiveEvent>()
  const [failure, setFailure] = useState<Error>()

  useEffect(() => {
    let isFirst = true
    // Events that arrive while the list is fetched can be newer than the list.
    let events: LiveEvent[] = []
    const refresh = async () => {
      events = []
      const newer = events
      const running = await fetchRunning()
      setConferences(newer.reduce(applyEvent, running))
    }
    return watch(({ event, gaps, sources }) => {
      setSources(sources)
      // Something may have been missed during a gap.
      if (isFirst || gaps.length > 0) refresh().catch(setFailure)
      isFirst = false
      if (!event) return
      events.push(event)
      setLast(event)
      setConferences((before) => applyEvent(before, event))
    }, setFailure)
  }, [watch, fetchRunning])

  return (
    <>
      {failure && <p role="alert">{failure.message}</p>}
      {sources.map(({ account, status, problem }) => (
        <p key={account.label}>
          <small>
            {account.label}: {status} {problem?.message}
          </small>
        </p>
      ))}
      <ul>
        {conferences.map(({ id, title, account }) => (
          <li key={id}>
            <strong>{title}</strong>
            <small>{account.label}</small>
          </li>
        ))}
      </ul>
      <output>{last && `${last.type}: ${last.conference?.title ?? last.conferenceId}`}</output>
    </>
  )
}

/** Returns the list after an event. */
function applyEvent(
  conferences: readonly LiveConference[],
  { type, conferenceId, conference }: LiveEvent,
): readonly LiveConference[] {
  const others = conferences.filter(({ id }) => id !== conferenceId)
  if (conference?.state === 'RUNNING') return [...others, conference]
  // The conference is also null if it could not be read.
  return conference || type === 'ENDED' || type === 'DELETED' ? others : conferences
}
