import type { Capability } from '../vendors/kit/capability.ts'

/** Descriptions that several types have in common. */
export const sharedDescriptions = {
  id: 'Opaque, stable ID. Pass it to `node` to fetch the object.',
  account: 'Account that the object belongs to.',
  vendorId: 'ID of the object at the vendor.',
  raw: "The vendor's JSON object without credentials (start URLs, passcodes, tokens). Integers beyond ±2^53 are strings.",
  input: 'Input of the mutation.',
  accounts:
    'Keys of the accounts to list. If omitted or empty, all accounts. Fails with `BAD_USER_INPUT` if you do not have access to one of them.',
  userFilter: 'Users to include. If omitted, all users.',
  conferenceFilter: 'Conferences to include. If omitted, all conferences.',
  participantFilter: 'Participants to include. If omitted, all participants.',
  orderBy:
    'Sort order. If omitted, items are listed account by account, in configuration order, each account in the order of its vendor.',
  order:
    'Sort order across all selected accounts. Parley reads all lists to their end before it returns the first item. Until then, pages are empty and `hasNextPage` is true: request the next page. Fails with `OPERATION_TOO_EXPENSIVE` if the list of an account is too long.',
  conferenceId:
    'ID of the conference. Fails with `NOT_FOUND` if the conference does not exist or you do not have access to it.',
  vendorOptions:
    'Vendor-specific settings that this schema has no field for, as an object of at most 16 KiB. Sent to the vendor unchanged.',
  idempotencyKey:
    'Makes the mutation safe to retry. 1 to 255 visible ASCII characters, valid for 24 hours. The same key with the same input returns the stored result; with a different input it fails with `IDEMPOTENCY_KEY_REUSED`.',
  clientMutationId: 'Any string of at most 1,000 characters. Returned unchanged in the payload.',
  conference:
    'Conference after the change, as the vendor reported it. Null if the change is not known to have been made.',
} as const

/** Rule for titles: the end of a description. */
export const titleRule = '1 to 200 characters, at least one of them visible. Control characters are not allowed.'

/** Errors of a query that looks up an object by ID. */
export const nullIfMissing =
  'Null if the object does not exist or you do not have access to it. Fails with `INVALID_ID` if the ID is malformed or has another type.'

/** Errors of a list of one account. */
export const nullIfAccountFails = 'If the account fails, the field is null and the error is in `errors`.'

/** Describes which capability the account must have. The text names no vendor, because accounts report their capabilities. */
export const describeRequirement = (capability: Capability): string => `Requires the capability \`${capability}\`.`
