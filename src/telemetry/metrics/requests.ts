import { Counter, type Registry } from 'prom-client'
import type { Code } from '../../core/errors.ts'

/** Registers the counter of rejected HTTP requests. */
export function countRejectedRequests(registry: Registry): (status: number, code: Code) => void {
  const rejected = new Counter({
    name: 'parley_rejected_requests_total',
    help: 'HTTP requests that were rejected before an operation ran, by status and error code.',
    labelNames: ['status', 'code'],
    registers: [registry],
  })
  return (status, code) => rejected.inc({ status: String(status), code })
}
