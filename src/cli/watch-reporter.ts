import type { ParleyError } from '../client/errors.ts'
import type { EventSourceFieldsFragment, EventOrigin } from '../client/gql/graphql.ts'
import { joinNames } from '../core/join-names.ts'
import { formatErrorLine } from './format-error-line.ts'

/** Prints to standard error how the accounts are watched, whenever that changes, and errors after which the command continues. */
export class WatchReporter {
  /** Last status of each account, by account key. */
  readonly #statuses = new Map<string, string>()
  /** Error with which the connection was lost. Null while it is open. */
  #lost: string | null = null

  reportSources(sources: readonly EventSourceFieldsFragment[]): void {
    if (this.#lost !== null) printLine('Connected again.')
    this.#lost = null
    for (const source of sources) {
      const { key } = source.account
      const { status, speed } = describeSource(source)
      // The interval changes often, because it depends on the size of the vendor's lists.
      if (this.#statuses.get(key) !== status) printLine(`${key}: ${status}${speed}`)
      this.#statuses.set(key, status)
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

/** Describes how an account is watched, such as `watched by polling` and `, changes are found within 10 s`. */
function describeSource(source: EventSourceFieldsFragment): { status: string; speed: string } {
  const speed = source.interval === null ? '' : `, changes are found within ${source.interval} s`
  return { status: describeStatus(source), speed: source.status === 'LIVE' ? speed : '' }
}

function describeStatus({ status, origins, heardAt, problem }: EventSourceFieldsFragment): string {
  const reason = problem ? `. ${problem.code}: ${problem.message}` : ''
  if (status === 'UNSUPPORTED') return `cannot be watched${reason}`
  if (status === 'INTERRUPTED') return `interrupted, events can be missed${reason}`
  if (status === 'CONNECTING') return 'connecting, events before the connection can be missed'
  const ways = joinNames(origins.map((origin) => originNames[origin]))
  return `watched by ${ways}${heardAt === null ? ', the vendor has not sent a message yet' : ''}`
}
