import { useState } from 'react'
import type { ReactNode } from 'react'
import { SourcesBanner } from './sources-banner.tsx'
import type { Source } from './sources-banner.tsx'
import { useNextWhileEmpty } from './use-next-while-empty.ts'

/** Loads the calendar when the user opens it. */
export function CalendarSection({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-label="Calendar">
      <h2>Calendar</h2>
      {isOpen ? children : <button onClick={() => setOpen(true)}>Show the next two weeks</button>}
    </section>
  )
}

interface CalendarProps {
  sources: readonly (Source & { status: string })[]
  conferences: readonly CalendarConference[]
  isBusy: boolean
  failure: string | undefined
  /** Loads the next page. Null at the end of the list. */
  loadLater: (() => void) | null
}

export interface CalendarConference {
  id: string
  title: string
  account: { label: string }
  owner: { displayName?: string | null | undefined } | null | undefined
  schedule: { __typename?: string; startsAt?: string; nextStartsAt?: string | null | undefined } | null | undefined
}

/** Lists the conferences of all accounts by start. Requests the next page without a click while pages are empty. */
export function CalendarList({ sources, conferences, isBusy, failure, loadLater }: CalendarProps) {
  const { isAwaited, loadMore } = useNextWhileEmpty(
    conferences.length,
    isBusy,
    failure === undefined ? loadLater : null,
  )
  const isWaiting = isBusy || isAwaited
  const unread = sources.filter(({ status }) => status === 'PARTIAL').map(({ account }) => account.label)
  return (
    <div aria-busy={isWaiting}>
      <SourcesBanner sources={sources} />
      {failure && <p role="alert">{failure}</p>}
      {isWaiting && <p role="status">Reading {unread.join(', ') || 'all accounts'} …</p>}
      <ul>
        {conferences.map((conference) => (
          <CalendarRow key={conference.id} conference={conference} />
        ))}
      </ul>
      <button disabled={isWaiting || !loadMore} onClick={() => loadMore?.()}>
        More
      </button>
    </div>
  )
}

const format = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

function CalendarRow({ conference: { title, account, owner, schedule } }: { conference: CalendarConference }) {
  const startsAt = schedule?.startsAt ?? schedule?.nextStartsAt
  return (
    <li>
      {startsAt ? <time dateTime={startsAt}>{format.format(new Date(startsAt))}</time> : <span>ended</span>}
      <strong>{title}</strong>
      <span>{owner?.displayName}</span>
      <small>{account.label}</small>
    </li>
  )
}
