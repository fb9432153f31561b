import { Problem } from '../core/errors.ts'
import type { EventStream } from '../events/stream/event-stream.ts'
import { decodeEventCursor } from '../events/log/log-position.ts'
import { listEventTypes, selectsAccount, type EventSelection } from '../events/stream/selection.ts'
import type { Account } from '../vendors/accounts.ts'
import { builder } from './builder.ts'
import { ConferenceEventMessage, ConferenceEventTypeEnum } from './conference-event.ts'
import type { Context } from './context.ts'
import { selectAccounts } from './filters.ts'
import { decodeId } from './ids.ts'

const ConferenceEventFilter = builder.inputType('ConferenceEventFilter', {
  description:
    'Filter for conference events. An omitted or empty field includes everything. If several fields are set, all of them must match.',
  fields: (t) => ({
    accounts: t.stringList({
      description:
        'Keys of accounts. Fails with `BAD_USER_INPUT` if an account is unknown or you do not have access to it.',
    }),
    conferenceIds: t.idList({
      description: 'IDs of conferences, at most 250. Conferences that you do not have access to produce no events.',
    }),
    types: t.field({ type: [ConferenceEventTypeEnum], description: 'Kinds of events.' }),
  }),
})

type Filter = typeof ConferenceEventFilter.$inferInput

/** Range of `heartbeat`, in seconds. */
const heartbeatRange = { min: 5, max: 300 }

builder.subscriptionType({
  description:
    'Events that the server sends as they happen. Delivered as `text/event-stream` (GraphQL over SSE, distinct connections mode).',
})

builder.subscriptionField('conferenceEvents', (t) =>
  t.field({
    type: ConferenceEventMessage,
    nullable: false,
    description:
      'Streams events of the conferences in your accounts. The first message arrives at once and reports how each account is watched. Possible losses are reported in `gaps`. Fails with `UNSUPPORTED_BY_VENDOR` if none of the selected accounts can be watched.',
    args: {
      after: t.arg.string({
        description:
          'Cursor of an earlier message, from a stream with any filter. The stream continues after that message. Events that are no longer kept are reported as a gap, not as an error. If omitted, the stream begins now.',
      }),
      filter: t.arg({
        type: ConferenceEventFilter,
        description: 'Events to include. If omitted, all events of your accounts.',
      }),
      heartbeat: t.arg.int({
        description:
          'Number of seconds after the last message until the server sends a message without an event: 5 to 300. Useful for clients that cannot read the SSE comments that keep the connection open. If omitted, no such messages are sent.',
      }),
    },
    subscribe: (_, { after, filter, heartbeat }, context) => subscribeToEvents(context, after, filter, heartbeat),
    resolve: (message) => message,
  }),
)

function subscribeToEvents(
  context: Context,
  after: string | null | undefined,
  filter: Filter | null | undefined,
  heartbeat: number | null | undefined,
): EventStream {
  const { min, max } = heartbeatRange
  if (heartbeat != null && (heartbeat < min || heartbeat > max))
    throw new Problem('BAD_USER_INPUT', `"heartbeat" must be from ${min} to ${max}.`, { path: ['heartbeat'] })
  const selection = toSelection(context, filter ?? {})
  assertWatchable(
    context.accounts.filter(({ key }) => selectsAccount(selection, key)),
    selection,
  )
  return context.events.subscribe({
    selection,
    after: after == null ? null : decodeEventCursor(after),
    heartbeatMs: heartbeat == null ? null : heartbeat * 1000,
    listAccounts: context.listAccounts,
  })
}

/** @throws BAD_USER_INPUT or INVALID_ID if a value of the filter is not valid. */
function toSelection(
  { accounts: available, limits }: Context,
  { accounts, conferenceIds, types }: Filter,
): EventSelection {
  const selected = accounts?.length ? selectAccounts(available, accounts) : null
  return {
    accounts: selected && new Set(selected.map(({ key }) => key)),
    types: types?.length ? new Set(types) : null,
    conferences: conferenceIds?.length ? groupByAccount(conferenceIds, limits.ids) : null,
  }
}

function groupByAccount(ids: readonly string[], maxIds: number): Map<string, Set<string>> {
  const path = ['filter', 'conferenceIds']
  if (ids.length > maxIds)
    throw new Problem('BAD_USER_INPUT', `"filter.conferenceIds" must have at most ${maxIds} IDs.`, { path })
  const idsByAccount = new Map<string, Set<string>>()
  for (const [index, id] of ids.entries()) {
    const { account, parts } = decodeId(id, `filter.conferenceIds.${index}`, 'Conference')
    const vendorIds = idsByAccount.get(account)
    if (vendorIds) vendorIds.add(parts[0]!)
    else idsByAccount.set(account, new Set([parts[0]!]))
  }
  return idsByAccount
}

/** @throws UNSUPPORTED_BY_VENDOR if none of the accounts reports a selected kind of event. */
function assertWatchable(accounts: readonly Account[], { types, conferences }: EventSelection): void {
  // A conference that the caller cannot access must look like one without events.
  if (conferences && accounts.length === 0) return
  const isWatchable = accounts.some((account) => listEventTypes(account).some((type) => types?.has(type) ?? true))
  if (isWatchable) return
  const hints = accounts.flatMap(({ vendor }) => vendor.pushedEvents?.setupHint ?? [])
  throw new Problem(
    'UNSUPPORTED_BY_VENDOR',
    [
      types
        ? 'None of the selected accounts reports the selected types of events.'
        : 'None of the selected accounts reports events.',
      ...new Set(hints),
    ].join(' '),
    { path: ['filter'] },
  )
}
