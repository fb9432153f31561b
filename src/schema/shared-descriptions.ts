import type { Capability } from '../vendors/kit/capability.ts'

/** Descriptions of what many types have alike. */
export const sharedDescriptions = {
  id: 'Opaque and stable; `node` gives the object again.',
  account: 'The account that it is in.',
  vendorId: "The vendor's own id.",
  raw: "The vendor's own object as it came, less credentials (start links, passcodes, tokens); integers past 2^53 as strings.",
  input: 'What to do, and to what.',
  filter: 'Which of them; all where it is absent.',
  orderBy: 'Order over all accounts. If omitted, the list is account after account, each in the order of its vendor.',
  order:
    'Order of the merged list of all accounts. Parley reads every account before it returns the first node. If that takes more vendor calls than one request can make, pages are empty and `hasNextPage` is true until all is read. Fails with `OPERATION_TOO_EXPENSIVE` if a list is too long.',
  conferenceId: 'The `id` of a conference. NOT_FOUND where it is gone, or not yours to see.',
  idempotencyKey:
    '1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED.',
  clientMutationId: 'Any text of yours; it comes back in the answer.',
  conference: 'The conference after the change, as the vendor shows it; null where nothing is known to be done.',
} as const

/** Describes that an account needs a capability. Which vendors have it, their accounts report; no text here does. */
export const requires = (capability: Capability): string => `Requires the capability \`${capability}\` of the account.`
