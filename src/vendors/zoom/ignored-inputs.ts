import { Problem } from '../../core/errors.ts'
import { createInputs, type InputMap } from './fields.ts'
import type { MeetingBody } from './input.ts'
import { parseTimestamp } from '../kit/timestamp.ts'

type JsonObject = Readonly<Record<string, unknown>>

/**
 * Finds inputs that Zoom accepted but ignored, and returns a problem with the path of each. Zoom silently ignores settings
 * that the account does not have.
 *
 * @param invited Email addresses of the invitees, in the order of the input. Null for an invitee who was not sent.
 */
export function findIgnoredInputs(
  sent: MeetingBody,
  response: unknown,
  inputs: InputMap = createInputs,
  invited: readonly (string | null)[] = [],
): Problem[] {
  const received = toFields(response)
  const receivedSettings = toFields(received['settings'])
  const { settings = {}, ...fields } = sent
  const fieldNames = Object.keys(fields).filter((name) => {
    const isOption = !inputs.fields.has(name)
    // Zoom does not return every option, and moves the start of a series to its first occurrence.
    if (isOption ? received[name] === undefined : name === 'start_time' && sent['type'] === 8) return false
    if (name === 'timezone' || name === 'recurrence') return false
    return !isKept(fields[name], received[name])
  })
  const settingNames = Object.keys(settings).filter(
    (name) => name !== 'meeting_invitees' && !isKept(settings[name], receivedSettings[name]),
  )
  return [
    ...fieldNames.map((name) => createIgnoredInputProblem(inputs.fields.get(name) ?? ['vendorOptions', name])),
    ...settingNames.map((name) =>
      createIgnoredInputProblem(inputs.settings.get(name) ?? ['vendorOptions', 'settings', name]),
    ),
    ...findIgnoredInvitees(invited, receivedSettings['meeting_invitees']),
  ]
}

/** Maximum number of items of a list that are compared. Zoom accepts fewer in every list. */
const maxCompared = 1_000

function findIgnoredInvitees(invited: readonly (string | null)[], response: unknown): Problem[] {
  const known = new Set(
    (Array.isArray(response) ? response : [])
      .slice(0, maxCompared)
      .map((entry) => toLowerCase(toFields(entry)['email'])),
  )
  return invited.flatMap((email, index) =>
    email === null || known.has(toLowerCase(email)) ? [] : [createIgnoredInputProblem(['invite', String(index)])],
  )
}

const toLowerCase = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')

/** Copies the fields to an object without a prototype, because an option can have the name `constructor`. */
const toFields = (value: unknown): JsonObject => ({
  __proto__: null,
  ...(typeof value === 'object' && value !== null ? value : {}),
})

/** Whether the received value contains the sent value. Additional items and fields are allowed. */
function isKept(sent: unknown, received: unknown): boolean {
  if (Array.isArray(sent))
    return (
      Array.isArray(received) &&
      sent.every((item) => received.slice(0, maxCompared).some((candidate) => isKept(item, candidate)))
    )
  if (typeof sent === 'object' && sent !== null)
    return Object.entries(sent).every(([name, value]) => isKept(value, toFields(received)[name]))
  if (received === undefined || received === null) return sent === null || sent === ''
  if (typeof received === 'object' && !(Array.isArray(received) && received.every((item) => typeof item !== 'object')))
    return false
  if (String(sent).trim() === String(received).trim()) return true
  const time = typeof sent === 'string' ? parseTimestamp(sent)?.getTime() : undefined
  return time !== undefined && time === parseTimestamp(received)?.getTime()
}

/** Creates the problem of an input that Zoom accepted but ignored. @param path Without `input`. */
export const createIgnoredInputProblem = (path: readonly string[]): Problem =>
  new Problem(
    'VENDOR_REJECTED',
    `Zoom ignored ${path.join('.')}. The account or the host might not have this feature.`,
    {
      path: ['input', ...path],
      delivery: 'rejected',
    },
  )
