interface User {
  displayName?: string | null | undefined
  email?: string | null | undefined
  phoneNumbers: readonly string[]
  account: { label: string }
}

export function UserRow({ user, refresh }: { user: User; refresh: () => void }) {
  return (
    <li>
      <strong>{user.displayName ?? user.email}</strong>
      <span>{user.email}</span>
      <small>{user.account.label}</small>
      {user.phoneNumbers.map((number) => (
        <a key={number} href={`tel:${number}`}>
          {number}
        </a>
      ))}
      <button onClick={refresh}>Refresh</button>
    </li>
  )
}
