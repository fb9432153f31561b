/** What one account contributed to a page. */
export interface Source {
  account: { key: string; label: string }
  problem: { message: string; retryable: boolean } | null | undefined
}

/** Names the accounts whose data is missing from the page. Shows nothing if there are none. */
export function SourcesBanner({ sources }: { sources: readonly Source[] }) {
  const missing = sources.flatMap(({ account, problem }) => (problem ? [{ ...account, ...problem }] : []))
  if (missing.length === 0) return null
  return (
    <div role="alert">
      {missing.map(({ key, label, message, retryable }) => (
        <p key={key}>
          <strong>{label}</strong> is missing: {message} {retryable && 'The next page resumes the account.'}
        </p>
      ))}
    </div>
  )
}
