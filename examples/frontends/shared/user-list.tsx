import type { ReactNode } from 'react'
import { SourcesBanner } from './sources-banner.tsx'
import type { Source } from './sources-banner.tsx'

interface Props {
  sources: readonly Source[]
  /** Cursor of the last row. */
  endCursor: string | null | undefined
  isBusy: boolean
  failure: string | undefined
  /** Loads the page before the rows. Null at the start of the list. */
  loadEarlier: (() => void) | null
  /** Loads the page after the rows. Null at the end of the list. */
  loadLater: (() => void) | null
  children: ReactNode
}

export function UserList({ sources, endCursor, isBusy, failure, loadEarlier, loadLater, children }: Props) {
  return (
    <section aria-label="Users" aria-busy={isBusy}>
      <h2>Users</h2>
      <SourcesBanner sources={sources} />
      {failure && <p role="alert">{failure}</p>}
      <button disabled={isBusy || !loadEarlier} onClick={() => loadEarlier?.()}>
        Earlier
      </button>
      <ul>{children}</ul>
      <button disabled={isBusy || !loadLater} onClick={() => loadLater?.()}>
        Later
      </button>{' '}
      {endCursor && <a href={`?after=${encodeURIComponent(endCursor)}`}>From here on</a>}
    </section>
  )
}
