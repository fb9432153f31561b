import { createRuleProblem, createUnsupportedRuleProblem } from './rule-problems.ts'

const maxRuleLength = 500
const partNames = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST']
/** Parts of RFC 5545 and RFC 7529 that no vendor supports. */
const unsupportedNames = ['BYMONTH', 'BYWEEKNO', 'BYYEARDAY', 'BYHOUR', 'BYMINUTE', 'BYSECOND', 'RSCALE', 'SKIP']
/** Frequencies of RFC 5545 that no vendor supports. */
const unsupportedFrequencies = ['YEARLY', 'HOURLY', 'MINUTELY', 'SECONDLY']

/**
 * Parses the parts of a rule, which can be folded and can begin with `RRULE:`. Does not parse their values.
 *
 * @returns Values in upper case, by name.
 * @throws `BAD_USER_INPUT`
 * @throws `UNSUPPORTED_BY_VENDOR` if the rule contains a part that no vendor supports.
 */
export function parseRuleParts(text: string): ReadonlyMap<string, string> {
  if (text.length > maxRuleLength) throw createRuleProblem(`it must have at most ${maxRuleLength} characters`)
  const parts = new Map<string, string>()
  for (const part of isolateRule(text).split(';')) {
    // Without the flag "u", "i" matches only ASCII letters. The upper case of some other letters is an ASCII letter.
    const [, name = '', value = ''] = /^([a-z]+)=([a-z0-9,+-]+)$/i.exec(part)?.map((match) => match.toUpperCase()) ?? []
    if (!partNames.includes(name) && !unsupportedNames.includes(name))
      throw createRuleProblem(`its parts must be ${partNames.join(', ')}`)
    if (parts.has(name)) throw createRuleProblem(`${name} must not be repeated`)
    parts.set(name, value)
  }
  rejectUnsupportedParts(parts)
  return parts
}

/** Returns the rule without folds, spaces around separators, the prefix `RRULE:`, and a semicolon at its end. */
function isolateRule(text: string): string {
  const rule = text
    .replace(/\r?\n[ \t]/g, '')
    .trim()
    // Each run of spaces is read once, because the second alternative matches only from its first space.
    .replace(/(?<=[:;=,])\s+|(?<!\s)\s+(?=[:;=,])/g, '')
  const other = /DTSTART|DTEND|DURATION|EXDATE|EXRULE|RDATE|RRULE(?=[^]*RRULE)/i.exec(rule)?.[0].toUpperCase()
  if (other === 'RRULE') throw createRuleProblem('only one rule is supported')
  if (other !== undefined)
    throw createRuleProblem(
      `${other} is not supported. Set the start in "startsAt" and the time zone in "timeZone", and use only the rule here`,
    )
  return rule.replace(/^RRULE:/i, '').replace(/;$/, '')
}

function rejectUnsupportedParts(parts: ReadonlyMap<string, string>): void {
  const unsupported = unsupportedFrequencies
    .filter((frequency) => frequency === parts.get('FREQ'))
    .map((frequency) => `FREQ=${frequency}`)
    .concat(unsupportedNames.filter((name) => parts.has(name)))
  if (unsupported.length > 0) throw createUnsupportedRuleProblem(unsupported)
}
