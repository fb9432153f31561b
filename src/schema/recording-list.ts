import type { PageArguments } from '../paging/relay.ts'
import type { Account } from '../vendors/accounts.ts'
import type { RecordingFilter } from '../vendors/vendor-inputs.ts'
import type { Recording } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import type { Context } from './context.ts'
import { selectAccounts } from './filters.ts'
import { encodeId } from './ids.ts'
import { toPeriod } from './period-filter.ts'
import { RecordingKindEnum, RecordingRef } from './recording.ts'
import { SessionRef } from './session.ts'
import { nullIfAccountFails, sharedDescriptions } from './shared-descriptions.ts'

const RecordingConnection = defineConnection<Recording>(
  'Recording',
  RecordingRef,
  'A page of recordings from one or more accounts.',
)

const RecordingFilterInput = builder.inputType('RecordingFilter', {
  description: 'Filter for recordings. If several fields are set, all of them must match.',
  fields: (t) => ({
    accounts: t.stringList({ description: sharedDescriptions.accounts }),
    kind: t.field({
      type: [RecordingKindEnum],
      description: 'Kinds of files to include. If omitted or empty, all kinds.',
    }),
    startedBefore: t.field({
      type: 'DateTime',
      description: 'Includes only recordings of sessions that began before this time. If omitted, now.',
    }),
    startedFrom: t.field({
      type: 'DateTime',
      description:
        'Includes only recordings of sessions that began at or after this time. Required for lists of all recordings of one or more accounts.',
    }),
  }),
})

interface RecordingListArguments extends PageArguments {
  filter?: typeof RecordingFilterInput.$inferInput | null | undefined
}

/**
 * Lists the recordings of accounts.
 *
 * @param parent Conference or session whose recordings are listed. If omitted, the recordings of whole accounts in a period.
 */
function listRecordings(
  available: readonly Account[],
  field: string,
  args: RecordingListArguments,
  context: Context,
  parent?: Pick<RecordingFilter, 'conference' | 'session'>,
) {
  const { accounts: keys, kind } = args.filter ?? {}
  const filter = {
    ...(kind == null || kind.length === 0 ? {} : { kind }),
    ...toPeriod(args.filter, parent === undefined),
  }
  return resolveList<Recording>(
    {
      field,
      accounts: selectAccounts(available, keys),
      accountKeys: keys,
      getList: ({ vendor }) => vendor.recordings?.({ ...parent, ...filter }),
      args,
      filter,
      matches: (recording) => !filter.kind || filter.kind.includes(recording.kind),
    },
    context,
  )
}

const filterDescription = 'Recordings to include. `startedFrom` is required.'

builder.queryField('recordings', (t) =>
  t.field({
    type: RecordingConnection,
    description:
      'Returns the recordings of all accounts as one list, account by account. Null, with an error in `errors`, if every selected account fails or an argument is rejected.',
    args: { ...pageArguments, filter: t.arg({ type: RecordingFilterInput, description: filterDescription }) },
    resolve: (_, args, context) => listRecordings(context.accounts, 'recordings', args, context),
  }),
)

builder.objectField(AccountRef, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    description: `Recordings of the sessions of this account that began in the given period, newest session first. ${nullIfAccountFails}`,
    args: { ...pageArguments, filter: t.arg({ type: RecordingFilterInput, description: filterDescription }) },
    resolve: (account, args, context) => listRecordings([account], `${account.key}.recordings`, args, context),
  }),
)

const optionalFilter = { type: RecordingFilterInput, description: 'Recordings to include. If omitted, all recordings.' }
const nullIfUnreadable = 'If the recordings cannot be read, the field is null and the error is in `errors`.'

builder.objectField(ConferenceRef, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    description: `Recordings of this conference, newest session first. ${nullIfUnreadable}`,
    args: { ...pageArguments, filter: t.arg(optionalFilter) },
    resolve: (conference, args, context) => {
      const { account, vendorId } = conference
      const field = `${encodeId('Conference', account.key, vendorId)}.recordings`
      return listRecordings([account], field, args, context, { conference })
    },
  }),
)

builder.objectField(SessionRef, 'recordings', (t) =>
  t.field({
    type: RecordingConnection,
    description: `Recordings of this session. ${nullIfUnreadable}`,
    args: { ...pageArguments, filter: t.arg(optionalFilter) },
    resolve: (session, args, context) => {
      const { account, vendorId } = session
      const field = `${encodeId('Session', account.key, vendorId)}.recordings`
      return listRecordings([account], field, args, context, { session })
    },
  }),
)
