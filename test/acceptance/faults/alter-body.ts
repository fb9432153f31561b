import * as faults from '../../support/faults.ts'
import { bodyOf } from '../../support/raw-http.ts'

/** Sends the vendor's response with a changed body. */
export const alterBody =
  (change: (body: string) => string | Buffer, headers: Record<string, string> = {}): faults.Kind =>
  (exchange) => {
    const { answer } = exchange
    const body = change(bodyOf(answer).toString())
    const type = { 'Content-Type': 'application/json' }
    faults.reply({ status: answer.status ?? 200, headers: { ...type, ...headers }, body })(exchange)
  }
