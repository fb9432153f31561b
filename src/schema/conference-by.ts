import { formatCount } from '../core/format-count.ts'
import type { Account } from '../vendors/accounts.ts'
import type { ConferenceReference } from '../vendors/vendor-inputs.ts'
import type { Conference } from '../vendors/vendor-objects.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import type { Context } from './context.ts'
import { createFieldProblem, getAccount } from './input.ts'
import { rejectUnusableId } from './reference.ts'
import { withAccount, type WithAccount } from './with-account.ts'

const ConferenceRefInput = builder.inputType('ConferenceRef', {
  description: "Reference to a conference by its join link, or by the vendor's number or ID. Set exactly one field.",
  isOneOf: true,
  fields: (t) => ({
    vendorId: t.string({ description: "The vendor's number or ID of the conference." }),
    joinUrl: t.field({
      type: 'URL',
      description:
        'Link with which participants join, as printed in an invitation. Parley parses the link and never opens it. A passcode in the link is ignored.',
    }),
  }),
})

type FoundConference = WithAccount<Conference> | null

/** In characters. Longer than the links of any vendor, which can contain a passcode and a token. */
const maxLinkLength = 2_048

/** @throws BAD_USER_INPUT if the text cannot be a link in an invitation. */
function toJoinUrl(text: string): URL {
  const url = new URL(text)
  if (text.length > maxLinkLength || url.username !== '' || url.password !== '')
    throw createFieldProblem(
      ['ref', 'joinUrl'],
      `must be a link of at most ${formatCount(maxLinkLength)} characters, without a user name or password`,
    )
  return url
}

async function findIn(account: Account, ref: ConferenceReference, { call }: Context): Promise<FoundConference> {
  const lookup = account.vendor.findConference?.(ref, call)
  const conference = lookup ? await rejectUnusableId(lookup) : null
  return conference && withAccount(account, conference)
}

const missing = new Error('The account has no such conference.')

/**
 * Finds a conference in any of the accounts, which are all read at once.
 *
 * @throws The first failure, if no account has the conference and some could not be read.
 */
async function findInAny(
  accounts: readonly Account[],
  ref: ConferenceReference,
  context: Context,
): Promise<FoundConference> {
  const lookups = accounts.map(async (account) => {
    const conference = await findIn(account, ref, context)
    if (conference === null) throw missing
    return conference
  })
  return Promise.any(lookups).catch(({ errors }: AggregateError) => {
    const failure: unknown = errors.find((error) => error !== missing)
    if (failure === undefined) return null
    throw failure
  })
}

builder.queryFields((t) => ({
  conferenceBy: t.field({
    type: ConferenceRef,
    description:
      "Returns one conference by its join link, or by the vendor's number or UUID. Null if none of your accounts has the conference. If an account that may have it cannot be read, the field is null and the error is in `errors`.",
    args: {
      account: t.arg.string({
        description:
          "Key of the account. Required with `vendorId`. If omitted with `joinUrl`, every account of the link's vendor is searched.",
      }),
      ref: t.arg({ type: ConferenceRefInput, required: true, description: 'Reference to the conference.' }),
    },
    resolve: (_, { account: key, ref: { vendorId, joinUrl } }, context) => {
      if (vendorId != null && key == null) throw createFieldProblem(['account'], 'is required with "ref.vendorId"')
      const account = key == null ? null : getAccount(key, ['account'], context)
      const ref = vendorId == null ? { joinUrl: toJoinUrl(joinUrl!) } : { vendorId }
      return account ? findIn(account, ref, context) : findInAny(context.accounts, ref, context)
    },
  }),
}))
