import { Problem } from '../../core/errors.ts'
import { inputOfCreates, type InputMap } from './fields.ts'
import type { MeetingBody } from './input.ts'
import { parseTimestamp } from '../kit/timestamp.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * What Zoom took with a 2xx and yet did not do: settings that the account does not have fall out without a word.
 * Problems stand at the input that they come from; `invited` are the e-mail addresses of the input's invitees.
 */
export function droppedInputs(
  sent: MeetingBody,
  answer: unknown,
  inputs: InputMap = inputOfCreates,
  invited: readonly (string | null)[] = [],
): Problem[] {
  const got = fieldsOf(answer)
  const gotSettings = fieldsOf(got['settings'])
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
    ...fieldNames.map((name) => dropped(inputs.fields.get(name) ?? ['vendorOptions', name])),
    ...settingNames.map((name) => dropped(inputs.settings.get(name) ?? ['vendorOptions', 'settings', name])),
    ...droppedInvitees(invited, gotSettings['meeting_invitees']),
  ]
}

/** Items of a list that are compared with what was sent: more than Zoom accepts of any. */
const maxCompared = 1_000

function droppedInvitees(invited: readonly (string | null)[], answer: unknown): Problem[] {
  const known = new Set(
    (Array.isArray(answer) ? answer : []).slice(0, maxCompared).map((entry) => lower(fieldsOf(entry)['email'])),
  )
  return invited.flatMap((email, index) =>
    email === null || known.has(lower(email)) ? [] : [dropped(['invite', String(index)])],
  )
}

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')

/** Without what every object has: an option may be called `constructor`. */
const fieldsOf = (value: unknown): Fields => ({
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
    return Object.entries(sent).every(([name, value]) => isKept(value, fieldsOf(got)[name]))
  if (got === undefined || got === null) return sent === null || sent === ''
  if (typeof got === 'object' && !(Array.isArray(got) && got.every((item) => typeof item !== 'object'))) return false
  if (String(sent).trim() === String(got).trim()) return true
  const instant = typeof sent === 'string' ? parseTimestamp(sent)?.getTime() : undefined
  return instant !== undefined && instant === parseTimestamp(got)?.getTime()
}

const dropped = (path: readonly string[]): Problem =>
  new Problem('VENDOR_REJECTED', `Zoom left out ${path.join('.')}; the account or the host may not have this.`, {
    path: ['input', ...path],
    evidence: 'refused',
  })
