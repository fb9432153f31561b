import type { FieldMap } from '../kit/problems.ts'

/** Inputs by the field of a workspace that they set. Such a field cannot be a vendor option. */
export const inputByField: FieldMap = new Map([
  ['workspaceName', ['title']],
  ['description', ['description']],
])
