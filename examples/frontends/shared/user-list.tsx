import type { ReactNode } from 'react'
import { SourcesBanner } from './sources-banner.tsx'
import type { Source } from './sources-banner.tsx'

interface Props {
  sources: readonly Source[]
  /** The cursor of the last row. */
  end: string | null | undefined
  busy: boolean
  failure: string | undefined
  /** What loads the page before or behind; null where there is none. */
  earlier: (() => void) | null
  later: (() => void) | null
  children: ReactNode
}

export function UserList({ sources, end, busy, failure, earlier, later, children }: Props) {
  return (
    <section aria-label="Users" aria-busy={busy}>
      <h2>Users</h2>
      <SourcesBanner sources={sources} />
      {failure && <p role="alert">{failure}</p>}
      <button disabled={busy || !earlier} onClick={() => earlier?.()}>
        Earlier
      </button>
      <ul>{children}</ul>
      <button disabled={busy || !later} onClick={() => later?.()}>
        Later
      </button>{' '}
      {end && <a href={`?after=${encodeURIComponent(end)}`}>From here on</a>}
    </section>
  )
}
