import { Counter, type Registry } from '../prometheus.ts'
import type { Code } from '../../core/error-codes.ts'

/** Registers the counter of rejected HTTP requests. Returns a function that counts one. */
export function registerRejectionCounter(registry: Registry): (status: number, code: Code) => void {
  const rejected = new Counter({
    name: 'parley_rejected_requests_total',
    help: 'HTTP requests rejected without a GraphQL result, by status and error code.',
    labelNames: ['status', 'code'],
    registers: [registry],
  })
  return (status, code) => rejected.inc({ status: String(status), code })
}
