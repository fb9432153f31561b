import { Problem } from '../../core/errors.ts'
import type { UserReference } from '../vendor-objects.ts'
import { createInputProblem } from '../kit/problems.ts'

/** Returns a meeting number or UUID as the value of a path. Zoom requires that some UUIDs with slashes are encoded twice. */
export function toMeetingPathValue(id: string): string {
  const needsSecondEncoding = id.startsWith('/') || id.includes('//')
  return needsSecondEncoding && !/\p{Cc}/u.test(id) && id.isWellFormed() ? encodeURIComponent(id) : id
}

/** Whether an ID is a meeting number, not a UUID. */
export const isNumber = (id: string): boolean => /^\d+$/.test(id)

const isMe = (id: string): boolean => /^\s*me\s*$/i.test(id)

/** Returns a user ID or email address as the value of a path. @throws `INVALID_ID` for `me`, which server apps lack. */
export function toUserPathValue(id: string): string {
  if (isMe(id))
    throw new Problem(
      'INVALID_ID',
      'Zoom does not support "me" with the credentials of a server. Use an ID or email address.',
    )
  return id.includes('@') ? id.toLowerCase() : id
}

/** Returns a user reference as the value of a path. @param path Path in the input. @throws `BAD_USER_INPUT` for `me`. */
export function validateUserReference({ vendorId, email }: UserReference, path: readonly string[]): string {
  const ref = vendorId ?? email ?? ''
  if (isMe(ref))
    throw createInputProblem(
      [...path, 'vendorId'],
      'must be an ID or email address. Zoom does not support "me" with the credentials of a server',
    )
  return toUserPathValue(ref)
}
