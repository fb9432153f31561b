import type { ParleyError } from '../client/errors.ts'
import type { EventSourceFieldsFragment, EventOrigin } from '../client/gql/graphql.ts'
import { formatErrorLine } from './format-error-line.ts'

/** Prints to standard error how the accounts are watched, whenever that changes, and errors after which the command continues. */
export class WatchReporter {
  /** Last line of each account, by account key. */
  readonly #lines = new Map<string, string>()
  /** Error with which the connection was lost. Null while it is open. */
  #lost: string | null = null

  reportSources(sources: readonly EventSourceFieldsFragment[]): void {
    if (this.#lost !== null) printLine('Connected again.')
    this.#lost = null
    for (const source of sources) {
      const { key } = source.account
      const line = `${key}: ${describeSource(source)}`
      if (this.#lines.get(key) !== line) printLine(line)
      this.#lines.set(key, line)
    }
  }

  /** Reports a lost connection once, even if several attempts to open it again fail in the same way. */
  reportError({ code, message, errors, data }: ParleyError): void {
    if (data !== null) return errors.forEach((error) => printLine(formatErrorLine(error)))
    const lost = `${code}: ${message}`
    if (lost !== this.#lost) printLine(`${lost} Connecting again.`)
    this.#lost = lost
  }
}

const printLine = (text: string): void => void process.stderr.write(`${text}\n`)

const originNames: Record<EventOrigin, string> = {
  POLL: 'polling',
  SOCKET: "the vendor's event WebSocket",
  WEBHOOK: 'webhooks',
}

/** Describes how an account is watched, such as `watched by polling, changes are found within 10 s`. */
function describeSource({ status, origins, interval, heardAt, problem }: EventSourceFieldsFragment): string {
  const reason = problem ? `. ${problem.code}: ${problem.message}` : ''
  if (status === 'UNSUPPORTED') return `cannot be watched${reason}`
  if (status === 'INTERRUPTED') return `interrupted, events can be missed${reason}`
  if (status === 'CONNECTING') return 'connecting, events before the connection can be missed'
  const ways = new Intl.ListFormat('en').format(origins.map((origin) => originNames[origin]))
  const speed = interval === null ? '' : `, changes are found within ${interval} s`
  const silence = heardAt === null ? ', the vendor has not sent a message yet' : ''
  return `watched by ${ways}${speed}${silence}`
}
