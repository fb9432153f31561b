import type { Context } from './context.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import { Problem } from '../core/errors.ts'
import type { Conference, Occurrence, OccurrencePeriod } from '../vendors/vendor-objects.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { encodeId } from './ids.ts'
import { Node, registerNodeFinder } from './node.ts'

/** An occurrence, with its conference if that is already loaded. */
type OccurrenceNode = WithAccount<Occurrence> & { conference?: WithAccount<Conference> }

export const OccurrenceRef = builder.objectRef<OccurrenceNode>('Occurrence').implement({
  description: 'One time at which a conference is planned.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description:
        'Opaque ID. Pass it to `node` to fetch the object. Valid until the schedule of the conference changes.',
      resolve: ({ account, conferenceId, vendorId }) => encodeId('Occurrence', account.key, conferenceId, vendorId),
    }),
    conference: t.field({
      type: ConferenceRef,
      nullable: false,
      description: 'Conference that this occurrence belongs to.',
      resolve: ({ conference, account, conferenceId }, _, context) =>
        conference ?? loadConference(account, conferenceId, context),
    }),
    startsAt: t.expose('startsAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the occurrence starts. For a moved occurrence, the new time.',
    }),
    durationMinutes: t.exposeInt('durationMinutes', {
      description: 'Planned duration in minutes. Null if the vendor does not report it.',
    }),
    cancelled: t.exposeBoolean('cancelled', {
      nullable: false,
      description: 'Whether this occurrence was canceled while the others are unchanged.',
    }),
  }),
})

async function loadConference(
  account: OccurrenceNode['account'],
  conferenceId: string,
  { loaders }: Context,
): Promise<WithAccount<Conference>> {
  const conference = await loaders.loadConference(account, conferenceId)
  if (conference) return conference
  throw new Problem('NOT_FOUND', 'The conference was deleted.', { account: account.key })
}

const maxFirst = 100
/** In years after `startsFrom`. */
const [defaultYears, maxYears] = [1, 2]

const addYears = (date: Date, years: number): Date =>
  new Date(new Date(date).setUTCFullYear(date.getUTCFullYear() + years))

interface OccurrenceArguments {
  first: number
  startsFrom?: Date | null | undefined
  startsBefore?: Date | null | undefined
}

/** @throws BAD_USER_INPUT */
function toPeriod({ first, ...args }: OccurrenceArguments): Required<OccurrencePeriod> & { startsBefore: Date } {
  const reject = (argument: string, requirement: string): never => {
    throw new Problem('BAD_USER_INPUT', `"${argument}" must be ${requirement}.`, { path: [argument] })
  }
  if (first < 1 || first > maxFirst) reject('first', `1 to ${maxFirst}`)
  const startsFrom = args.startsFrom ?? new Date()
  const startsBefore = args.startsBefore ?? addYears(startsFrom, defaultYears)
  if (startsBefore <= startsFrom) reject('startsBefore', 'later than "startsFrom", which is now if it is omitted')
  if (startsBefore > addYears(startsFrom, maxYears))
    reject('startsBefore', `at most ${maxYears} years after "startsFrom", which is now if it is omitted`)
  return { startsFrom, startsBefore }
}

builder.objectField(ConferenceRef, 'occurrences', (t) =>
  t.field({
    type: [OccurrenceRef],
    nullable: { list: true, items: false },
    description:
      'Planned occurrences, earliest first: those of a series, including canceled ones, or the single time of a conference that is not repeated. Empty if the conference has no time. If the occurrences cannot be read, the field is null and the error is in `errors`.',
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 50,
        description: `Maximum number of occurrences to return: 1 to ${maxFirst}.`,
      }),
      startsFrom: t.arg({
        type: 'DateTime',
        description: 'Includes only occurrences that start at or after this time. If omitted, now.',
      }),
      startsBefore: t.arg({
        type: 'DateTime',
        description:
          'Includes only occurrences that start before this time, at most 2 years after `startsFrom`. If omitted, 1 year after `startsFrom`.',
      }),
    },
    resolve: (conference, args, { call }) => {
      const period = toPeriod(args)
      const { account, vendorId } = conference
      const select = (occurrences: Iterable<Occurrence>): OccurrenceNode[] => {
        const selected: OccurrenceNode[] = []
        for (const occurrence of occurrences) {
          if (selected.length === args.first) break
          selected.push(withAccount(account, { ...occurrence, conference }))
        }
        return selected
      }
      const known = conference.findOccurrences?.(period)
      if (known) return select(known)
      return account.vendor.listOccurrences?.(vendorId, period, call).then(select) ?? []
    },
  }),
)

registerNodeFinder('Occurrence', async ({ parts }, account, { call }) => {
  const [conferenceId, vendorId] = parts as [string, string]
  const occurrence = await account!.vendor.getOccurrence?.(conferenceId, vendorId, call)
  return occurrence ? withAccount(account!, occurrence) : null
})
