import { Problem } from '../../core/errors.ts'

/** @throws `VENDOR_RESPONSE_TOO_LARGE` if an attendance report has more rows than "attendanceRows" allows. */
export function assertReportSize(count: number, maxRows: number): void {
  if (count <= maxRows) return
  const message = `The attendance report of this session has too many rows. The limit "attendanceRows" is ${maxRows}.`
  throw new Problem('VENDOR_RESPONSE_TOO_LARGE', message, { retryable: false })
}
