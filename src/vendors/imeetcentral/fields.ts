import type { FieldMap } from '../kit/problems.ts'

/** Input fields by the field of a workspace that they set. Such a field cannot be an option. */
export const inputByField: FieldMap = new Map([
  ['workspaceName', ['title']],
  ['description', ['description']],
])
