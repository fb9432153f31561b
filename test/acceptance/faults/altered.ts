import * as faults from '../../support/faults.ts'
import { bodyOf } from '../../support/raw-http.ts'

/** The vendor's own answer, its body changed. */
export const altered =
  (change: (body: string) => string | Buffer, headers: Record<string, string> = {}): faults.Kind =>
  (exchange) => {
    const { answer } = exchange
    const body = change(bodyOf(answer).toString())
    const type = { 'Content-Type': 'application/json' }
    faults.reply({ status: answer.status ?? 200, headers: { ...type, ...headers }, body })(exchange)
  }
