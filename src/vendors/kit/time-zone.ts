/** Returns the minutes by which a zone's clocks are ahead of UTC at a time in ms since the epoch. */
export function getOffsetMinutes(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0
}

/** Returns the time, in ms since the epoch, at which a zone's clocks show `clock`: the same fields, read as UTC. */
export function fromZonedTime(clock: number, timeZone: string): number {
  // The second look-up is for a first guess on the other side of a change of clocks.
  const guess = clock - getOffsetMinutes(clock, timeZone) * 60_000
  return clock - getOffsetMinutes(guess, timeZone) * 60_000
}

/** Returns what a zone's clocks show at a time, in the fields of UTC. */
export function toZonedDate(time: Date, timeZone: string): Date {
  return new Date(time.getTime() + getOffsetMinutes(time.getTime(), timeZone) * 60_000)
}
