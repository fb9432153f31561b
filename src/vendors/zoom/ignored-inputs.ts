import { Problem } from '../../core/errors.ts'
import { createInputs, type InputMap } from './fields.ts'
import type { MeetingBody } from './input.ts'
import { parseTimestamp } from '../kit/timestamp.ts'

type JsonObject = Readonly<Record<string, unknown>>

/**
 * What Zoom took with a 2xx and yet did not do: settings that the account does not have fall out without a word.
 * Problems stand at the input that they come from; `invited` are the e-mail addresses of the input's invitees.
 */
export function findIgnoredInputs(
  sent: MeetingBody,
  answer: unknown,
  inputs: InputMap = createInputs,
  invited: readonly (string | null)[] = [],
): Problem[] {
  const got = toFields(answer)
  const gotSettings = toFields(got['settings'])
  const { settings = {}, ...fields } = sent
  const fieldNames = Object.keys(fields).filter((name) => {
    const isOption = !inputs.fields.has(name)
    // Zoom does not show every option again, and moves the start of a series to its first day.
    if (isOption ? got[name] === undefined : name === 'start_time' && sent['type'] === 8) return false
    if (name === 'timezone' || name === 'recurrence') return false
    return !isKept(fields[name], got[name])
  })
  const settingNames = Object.keys(settings).filter(
    (name) => name !== 'meeting_invitees' && !isKept(settings[name], gotSettings[name]),
  )
  return [
    ...fieldNames.map((name) => createIgnoredInputProblem(inputs.fields.get(name) ?? ['vendorOptions', name])),
    ...settingNames.map((name) =>
      createIgnoredInputProblem(inputs.settings.get(name) ?? ['vendorOptions', 'settings', name]),
    ),
    ...findIgnoredInvitees(invited, gotSettings['meeting_invitees']),
  ]
}

/** Items of a list that are compared with what was sent: more than Zoom accepts of any. */
const maxCompared = 1_000

function findIgnoredInvitees(invited: readonly (string | null)[], answer: unknown): Problem[] {
  const known = new Set(
    (Array.isArray(answer) ? answer : []).slice(0, maxCompared).map((entry) => toLowerCase(toFields(entry)['email'])),
  )
  return invited.flatMap((email, index) =>
    email === null || known.has(toLowerCase(email)) ? [] : [createIgnoredInputProblem(['invite', String(index)])],
  )
}

const toLowerCase = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')

/** Without what every object has: an option may be called `constructor`. */
const toFields = (value: unknown): JsonObject => ({
  __proto__: null,
  ...(typeof value === 'object' && value !== null ? value : {}),
})

/** Whether what was sent is in what came back, where there may be more. */
function isKept(sent: unknown, got: unknown): boolean {
  if (Array.isArray(sent))
    return (
      Array.isArray(got) && sent.every((item) => got.slice(0, maxCompared).some((candidate) => isKept(item, candidate)))
    )
  if (typeof sent === 'object' && sent !== null)
    return Object.entries(sent).every(([name, value]) => isKept(value, toFields(got)[name]))
  if (got === undefined || got === null) return sent === null || sent === ''
  if (typeof got === 'object' && !(Array.isArray(got) && got.every((item) => typeof item !== 'object'))) return false
  if (String(sent).trim() === String(got).trim()) return true
  const instant = typeof sent === 'string' ? parseTimestamp(sent)?.getTime() : undefined
  return instant !== undefined && instant === parseTimestamp(got)?.getTime()
}

const createIgnoredInputProblem = (path: readonly string[]): Problem =>
  new Problem('VENDOR_REJECTED', `Zoom left out ${path.join('.')}; the account or the host may not have this.`, {
    path: ['input', ...path],
    delivery: 'rejected',
  })
