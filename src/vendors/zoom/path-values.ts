import { Problem } from '../../core/errors.ts'
import type { UserReference } from '../vendor.ts'
import { createInputProblem } from '../kit/problems.ts'

/** A meeting's number, or the UUID of one time that it was held, as the value of a path; slashes need a second encoding. */
export function toMeetingPathValue(id: string): string {
  const twice = id.startsWith('/') || id.includes('//')
  return twice && !/\p{Cc}/u.test(id) && id.isWellFormed() ? encodeURIComponent(id) : id
}

export const isNumber = (id: string): boolean => /^\d+$/.test(id)

const isMe = (id: string): boolean => /^\s*me\s*$/i.test(id)

/** A user's id or e-mail address as the value of a path. Throws INVALID_ID for `me`, which server apps do not have. */
export function toUserPathValue(id: string): string {
  if (isMe(id)) throw new Problem('INVALID_ID', 'Zoom has no "me" for a server\'s credentials; give an id or e-mail.')
  return id.includes('@') ? id.toLowerCase() : id
}

/** The same for a reference that stands at `path` in an input. Throws BAD_USER_INPUT. */
export function validateUserReference({ vendorId, email }: UserReference, path: readonly string[]): string {
  const ref = vendorId ?? email ?? ''
  if (isMe(ref))
    throw createInputProblem(
      [...path, 'vendorId'],
      'must be an id or e-mail address; "me" is not known to a server\'s credentials',
    )
  return toUserPathValue(ref)
}
