const knownZones = new Map<string, boolean>()
/** Far more than the 600 names that exist; callers choose what is looked up. */
const maxKnownZones = 2_000

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false
  let isKnown = knownZones.get(name)
  if (isKnown === undefined) {
    try {
      isKnown = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    } catch {
      isKnown = false
    }
    if (knownZones.size < maxKnownZones) knownZones.set(name, isKnown)
  }
  return isKnown
}
