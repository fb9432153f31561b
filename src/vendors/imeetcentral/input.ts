import type { NewConference } from '../vendor.ts'
import { validateDescription, validateTitle } from '../kit/input-texts.ts'
import { createInputProblem, rejectUnsupportedInputs, rejectReservedOptions } from '../kit/problems.ts'
import { deletedPrefix } from './conference.ts'
import { inputByField } from './fields.ts'

const maxTitleLength = 255
export const shortNamePath: readonly string[] = ['vendorOptions', 'urlShortName']

/** The vendor's limit counts UTF-16 code units. */
const validateWorkspaceName = (title: string): string => validateTitle(title, maxTitleLength, ({ length }) => length)

type Options = Readonly<Record<string, unknown>> | null | undefined

/** The short name that the caller chose for a new workspace; null if none. @throws BAD_USER_INPUT */
export function getChosenShortName(options: Options): string | null {
  const name = options?.['urlShortName'] ?? null
  if (name === null) return null
  if (typeof name === 'string' && /^[\w-]{1,255}$/.test(name) && !name.startsWith(deletedPrefix)) return name
  throw createInputProblem(
    shortNamePath,
    `must be a text of 1 to 255 letters from a to z, digits, "-", and "_", and must not begin with "${deletedPrefix}"`,
  )
}

/** A new workspace in the vendor's words. @throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR */
export function toWorkspaceBody(input: NewConference): Record<string, unknown> {
  const { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags, vendorOptions } = input
  rejectUnsupportedInputs(
    'iMeet Central',
    { owner, mode, schedule, maxParticipants, allowGuests, autoInvite, passcode, tags },
    'A workspace has a title and a description and belongs to the user as whom the client key acts',
  )
  rejectReservedOptions(vendorOptions, inputByField)
  return {
    workspaceType: 'pm',
    ...vendorOptions,
    workspaceName: validateWorkspaceName(input.title),
    urlShortName: getChosenShortName(vendorOptions) ?? input.naturalKey,
    description: validateDescription(input.description ?? ''),
  }
}

/** Changes of a workspace in the vendor's words. @throws BAD_USER_INPUT */
export function toWorkspaceChanges(title: string | undefined, options: Options): Record<string, unknown> {
  rejectReservedOptions(options, [['workspaceName', ['title']]])
  for (const name of ['description', 'urlShortName'])
    if (Object.hasOwn(options ?? {}, name))
      throw createInputProblem(['vendorOptions', name], 'cannot be changed at iMeet Central. Leave it out')
  return { ...options, ...(title === undefined ? {} : { workspaceName: validateWorkspaceName(title) }) }
}
