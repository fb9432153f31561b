/** What one account gave to a page: the part of `sources` that is shown. */
export interface Source {
  account: { key: string; label: string }
  problem: { message: string; retryable: boolean } | null | undefined
}

/** Names the accounts that are missing from the page; shows nothing where all is well. */
export function SourcesBanner({ sources }: { sources: readonly Source[] }) {
  const missing = sources.flatMap(({ account, problem }) => (problem ? [{ ...account, ...problem }] : []))
  if (missing.length === 0) return null
  return (
    <div role="alert">
      {missing.map(({ key, label, message, retryable }) => (
        <p key={key}>
          <strong>{label}</strong> is missing: {message} {retryable && 'What it owes comes with the next page.'}
        </p>
      ))}
    </div>
  )
}
