import { createHash } from 'node:crypto'
import type { InviteeInput } from '../client/gql/graphql.ts'
import { UsageError } from './exit.ts'
import type { CsvRow } from './parse-csv.ts'

/** Columns of the CSV file that an invitation uses. Other columns of `parley users list` are ignored. */
const usedColumns = ['email', 'id', 'name', 'role']
const knownColumns: ReadonlySet<string> = new Set([...usedColumns, 'account', 'displayname', 'status'])

/** @throws UsageError if a column is unknown, or if a row has neither an email address nor an ID. */
export function readInvitees(rows: readonly CsvRow[]): InviteeInput[] {
  const unknown = Object.keys(rows[0] ?? {}).find((column) => !knownColumns.has(column))
  if (unknown !== undefined)
    throw new UsageError(`The CSV file can have the columns email, id, name, and role, but not "${unknown}".`)
  return rows.map(({ email = '', id = '', name = '', role = '' }, index) => {
    if (email === '' && id === '') throw new UsageError(`Row ${index + 1} of the CSV file requires an email or an id.`)
    return createInvitee(id === '' ? email : id, name, role)
  })
}

/** `user`: an email address or an ID. Empty texts are omitted. */
export function createInvitee(user: string, name: string, role: string): InviteeInput {
  return {
    user: user.includes('@') ? { email: user } : { id: user },
    ...(name !== '' && { displayName: name }),
    ...(role !== '' && { role: role.toUpperCase() as NonNullable<InviteeInput['role']> }),
  }
}

/** Returns the same key for the same conference, invitee, and run key, so that a repeated run invites nobody twice. */
export function computeIdempotencyKey(conferenceId: string, invitee: InviteeInput, runKey: string): string {
  const hash = createHash('sha256').update(JSON.stringify([runKey, conferenceId, invitee]))
  return `invite-${hash.digest('base64url')}`
}
