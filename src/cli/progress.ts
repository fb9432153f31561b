/**
 * Formats the progress of a transfer, such as `12.3 of 64.0 MiB, 4.1 MiB/s, 13 s left`.
 *
 * @param sent In bytes.
 * @param size In bytes. Null if it is unknown.
 * @param ms Time since the start.
 */
export function formatProgress(sent: number, size: number | null, ms: number): string {
  const largest = size ?? sent
  const unit = largest >= 1024 ** 3 ? 'GiB' : largest >= 1024 ** 2 ? 'MiB' : 'KiB'
  const amount =
    size === null
      ? `${formatInUnit(sent, unit)} ${unit}`
      : `${formatInUnit(sent, unit)} of ${formatInUnit(size, unit)} ${unit}`
  if (ms < 500 || sent === 0) return amount
  const perSecond = (sent / ms) * 1000
  const speed = `${amount}, ${formatInUnit(perSecond, 'MiB')} MiB/s`
  return size === null ? speed : `${speed}, ${formatDuration((size - sent) / perSecond)} left`
}

const bytes = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const

const formatInUnit = (size: number, unit: keyof typeof bytes): string => (size / bytes[unit]).toFixed(1)

function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
