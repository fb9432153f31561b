/** How far a transfer is after `ms` milliseconds, e.g. `12.3 of 64.0 MiB, 4.1 MiB/s, 13 s left`. */
export function progressOf(sent: number, size: number, ms: number): string {
  const unit = size >= 1024 ** 3 ? 'GiB' : size >= 1024 ** 2 ? 'MiB' : 'KiB'
  const whole = `${inUnit(sent, unit)} of ${inUnit(size, unit)} ${unit}`
  if (ms < 500 || sent === 0) return whole
  const perSecond = (sent / ms) * 1000
  return `${whole}, ${inUnit(perSecond, 'MiB')} MiB/s, ${duration((size - sent) / perSecond)} left`
}

const bytes = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const

const inUnit = (size: number, unit: keyof typeof bytes): string => (size / bytes[unit]).toFixed(1)

function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
