import type { Context } from './context.ts'
import type { PageArguments } from '../paging/relay.ts'
import type { Account } from '../vendors/accounts.ts'
import type { SessionFilter } from '../vendors/vendor-inputs.ts'
import type { Session } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { selectAccounts } from './filters.ts'
import { encodeId } from './ids.ts'
import { isInPeriod, toPeriod } from './period-filter.ts'
import { SessionRef } from './session.ts'
import { nullIfAccountFails, sharedDescriptions } from './shared-descriptions.ts'

const SessionConnection = defineConnection<Session>(
  'Session',
  SessionRef,
  'A page of sessions from one or more accounts.',
)

const SessionFilterInput = builder.inputType('SessionFilter', {
  description: 'Filter for sessions. If several fields are set, all of them must match.',
  fields: (t) => ({
    accounts: t.stringList({ description: sharedDescriptions.accounts }),
    startedFrom: t.field({
      type: 'DateTime',
      description:
        'Includes only sessions that began at or after this time. Required for lists of all sessions of one or more accounts.',
    }),
    startedBefore: t.field({
      type: 'DateTime',
      description: 'Includes only sessions that began before this time. If omitted, now.',
    }),
  }),
})

interface SessionListArguments extends PageArguments {
  filter?: typeof SessionFilterInput.$inferInput | null | undefined
}

/** @param conferenceId Vendor ID of the conference whose sessions are listed. If omitted, those of whole accounts. */
function listSessions(
  available: readonly Account[],
  field: string,
  args: SessionListArguments,
  context: Context,
  conferenceId?: string,
) {
  const accountKeys = args.filter?.accounts
  const period = toPeriod(args.filter, conferenceId === undefined)
  const filter: SessionFilter = { ...period, ...(conferenceId !== undefined && { conferenceId }) }
  return resolveList<Session>(
    {
      field,
      accounts: selectAccounts(available, accountKeys),
      accountKeys,
      getList: ({ vendor }) => vendor.sessions?.(filter),
      args,
      filter: period,
      matches: ({ startedAt }) => isInPeriod(startedAt, period),
    },
    context,
  )
}

builder.objectField(ConferenceRef, 'sessions', (t) =>
  t.field({
    type: SessionConnection,
    description:
      'Sessions of this conference, newest first. If the sessions cannot be read, the field is null and the error is in `errors`.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: SessionFilterInput, description: 'Sessions to include. If omitted, all sessions.' }),
    },
    resolve: ({ account, vendorId }, args, context) =>
      listSessions([account], `${encodeId('Conference', account.key, vendorId)}.sessions`, args, context, vendorId),
  }),
)

const filterDescription = 'Sessions to include. `startedFrom` is required.'

builder.queryField('sessions', (t) =>
  t.field({
    type: SessionConnection,
    description:
      'Returns the sessions of all accounts as one list, account by account, newest first within each account. Null, with an error in `errors`, if every selected account fails or an argument is rejected.',
    args: { ...pageArguments, filter: t.arg({ type: SessionFilterInput, description: filterDescription }) },
    resolve: (_, args, context) => listSessions(context.accounts, 'sessions', args, context),
  }),
)

builder.objectField(AccountRef, 'sessions', (t) =>
  t.field({
    type: SessionConnection,
    description: `Sessions of this account that began in the given period, newest first. ${nullIfAccountFails}`,
    args: { ...pageArguments, filter: t.arg({ type: SessionFilterInput, description: filterDescription }) },
    resolve: (account, args, context) => listSessions([account], `${account.key}.sessions`, args, context),
  }),
)
