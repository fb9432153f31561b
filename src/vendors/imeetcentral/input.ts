import type { NewConference } from '../vendor-inputs.ts'
import { validateDescription, validateTitle } from '../kit/input-texts.ts'
import { createInputProblem, rejectUnsupportedInputs, rejectReservedOptions } from '../kit/problems.ts'
import { deletedPrefix } from './conference.ts'
import { inputByField } from './fields.ts'

const maxTitleLength = 255
export const shortNamePath: readonly string[] = ['vendorOptions', 'urlShortName']

/** Validates the name of a workspace. The vendor's limit counts UTF-16 code units. */
const validateWorkspaceName = (title: string): string => validateTitle(title, maxTitleLength, ({ length }) => length)

type Options = Readonly<Record<string, unknown>> | null | undefined

/** Returns the short name that the caller chose for a new workspace. Null if there is none. @throws `BAD_USER_INPUT` */
export function getChosenShortName(options: Options): string | null {
  const name = options?.['urlShortName'] ?? null
  if (name === null) return null
  if (typeof name === 'string' && /^[\w-]{1,255}$/.test(name) && !name.startsWith(deletedPrefix)) return name
  throw createInputProblem(
    shortNamePath,
    `must be a string of 1 to 255 letters (A to Z, a to z), digits, "-", and "_", and must not begin with "${deletedPrefix}"`,
  )
}

/** Converts an input to the body of a new workspace. @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR` */
export function toWorkspaceBody(input: NewConference): Record<string, unknown> {
  const { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags, vendorOptions } = input
  rejectUnsupportedInputs(
    'iMeet Central',
    { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags },
    'a workspace has only a title and a description, and belongs to the user of the client key',
  )
  rejectReservedOptions(vendorOptions, inputByField)
  return {
    workspaceType: 'pm',
    ...vendorOptions,
    workspaceName: validateWorkspaceName(input.title),
    urlShortName: getChosenShortName(vendorOptions) ?? input.clientAssignedId,
    description: validateDescription(input.description ?? ''),
  }
}

/** Converts changes to the body of `POST /workspaces/{id}/updateDetails`. @throws `BAD_USER_INPUT` */
export function toWorkspaceChanges(title: string | undefined, options: Options): Record<string, unknown> {
  rejectReservedOptions(options, [['workspaceName', ['title']]])
  for (const name of ['description', 'urlShortName'])
    if (Object.hasOwn(options ?? {}, name))
      throw createInputProblem(['vendorOptions', name], 'cannot be changed. Omit it')
  return { ...options, ...(title === undefined ? {} : { workspaceName: validateWorkspaceName(title) }) }
}
