import * as faults from '../../support/faults.ts'
import { bodyOf } from '../../support/raw-http.ts'

/** Sends the vendor's response with a changed body. */
export const alterBody =
  (change: (body: string) => string | Buffer, headers: Record<string, string> = {}): faults.Kind =>
  (exchange) => {
    const { response } = exchange
    const body = change(bodyOf(response).toString())
    const type = { 'Content-Type': 'application/json' }
    faults.reply({ status: response.status ?? 200, headers: { ...type, ...headers }, body })(exchange)
  }
