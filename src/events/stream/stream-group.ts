import type { Account } from '../../vendors/accounts.ts'
import type { EventMessage } from './event-message.ts'
import { selectsAccount, type EventSelection } from './selection.ts'

/**
 * Streams with the same selection and the same accounts. They share each message that is the same for all of them, so that
 * it is executed once.
 */
export class StreamGroup {
  readonly selection: EventSelection
  #usable: readonly Account[] | null = null
  #selected: readonly Account[] = []
  #message: EventMessage | null = null
  #version = -1

  constructor(selection: EventSelection) {
    this.selection = selection
  }

  /** Returns the accounts that the selection includes. @param usable Accounts that the caller can use. */
  selectAccounts(usable: readonly Account[]): readonly Account[] {
    if (usable !== this.#usable) {
      this.#usable = usable
      this.#selected = usable.filter(({ key }) => selectsAccount(this.selection, key))
    }
    return this.#selected
  }

  /**
   * Returns the message that another stream has reported for the same entry, or otherwise the message.
   *
   * @param version Version of the sources.
   */
  shareMessage(message: EventMessage, version: number): EventMessage {
    if (message.entry === null || message.gaps.length > 0) return message
    const known = this.#message
    if (known?.entry === message.entry && known.accounts === message.accounts && version === this.#version) return known
    this.#version = version
    return (this.#message = message)
  }
}

/** The groups of all open streams. */
export class StreamGroups {
  readonly #groups = new WeakMap<readonly Account[], Map<string, { group: StreamGroup; streams: number }>>()

  /**
   * Adds a stream to the group of its selection.
   *
   * @param usable Accounts that the caller can use. Callers with the same accounts must have the same list.
   * @returns The group, and a function that removes the stream.
   */
  join(usable: readonly Account[], selection: EventSelection): { group: StreamGroup; leave(): void } {
    const key = JSON.stringify(selection, (_, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...value] : value,
    )
    let groups = this.#groups.get(usable)
    if (!groups) this.#groups.set(usable, (groups = new Map()))
    let entry = groups.get(key)
    if (!entry) groups.set(key, (entry = { group: new StreamGroup(selection), streams: 0 }))
    entry.streams++
    const leave = (): void => void (--entry.streams === 0 && groups.delete(key))
    return { group: entry.group, leave }
  }
}
