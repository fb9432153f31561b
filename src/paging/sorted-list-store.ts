import { randomBytes } from 'node:crypto'
import { optionalShare, type Reservation } from '../core/byte-budget.ts'
import type { CallContext } from '../upstream/call-context.ts'
import { SortedList } from './sorted-list.ts'

/** Time after the last page that a list is kept, in milliseconds. After that, the list is read again. */
const ttlMs = 5 * 60_000
/** Memory of a list without objects, in bytes. */
const minBytes = 4_096

interface SavedList {
  list: SortedList<never>
  caller: string
  /** Undefined if nothing limits the caller's memory. */
  reservation: Reservation | undefined
  timer: NodeJS.Timeout
}

/**
 * Keeps sorted lists between two pages. A cursor contains the ID of its list. A list that was dropped, or that is in another
 * process, is read again.
 */
export class SortedListStore {
  /** In the order of the last use. */
  readonly #savedByKey = new Map<string, SavedList>()

  /**
   * Returns the list with this ID, or an empty list if there is none.
   *
   * @param name ID of the connection's list, which includes its filter and sort order.
   */
  open<T>(caller: string, name: string, id: string | null): SortedList<T> {
    const key = id === null ? null : formatKey(caller, name, id)
    const saved = key === null ? undefined : this.#savedByKey.get(key)
    if (!saved || key === null) return new SortedList(id ?? randomBytes(6).toString('base64url'))
    this.#savedByKey.delete(key)
    this.#savedByKey.set(key, saved)
    return saved.list as SortedList<unknown> as SortedList<T>
  }

  /** Keeps a list for the next page. Returns false if the caller's share of the memory is too small. */
  save<T>(name: string, list: SortedList<T>, { caller, budget }: Pick<CallContext, 'caller' | 'budget'>): boolean {
    const key = formatKey(caller, name, list.id)
    this.#drop(key)
    const reservation = budget?.reserve(caller, optionalShare)
    if (reservation && !this.#reserve(reservation, caller, minBytes + list.bytes)) return false
    const timer = setTimeout(() => this.#drop(key), ttlMs).unref()
    this.#savedByKey.set(key, { list: list as SortedList<unknown> as SortedList<never>, caller, reservation, timer })
    return true
  }

  /** Drops the caller's other lists, the oldest first, until the bytes fit. */
  #reserve(reservation: Reservation, caller: string, bytes: number): boolean {
    while (!reservation.resize(bytes)) {
      const oldest = this.#findOldest(caller)
      if (oldest === undefined) return false
      this.#drop(oldest)
    }
    return true
  }

  #findOldest(caller: string): string | undefined {
    for (const [key, saved] of this.#savedByKey) if (saved.caller === caller) return key
    return undefined
  }

  #drop(key: string): void {
    const saved = this.#savedByKey.get(key)
    if (!saved) return
    this.#savedByKey.delete(key)
    saved.reservation?.release()
    clearTimeout(saved.timer)
  }
}

const formatKey = (caller: string, name: string, id: string): string => JSON.stringify([caller, name, id])
