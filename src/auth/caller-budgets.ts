import type { CallerLimits } from './caller.ts'
import { Problem } from '../core/errors.ts'
import { formatSubjectPrefix } from './jwt/verifier.ts'
import { MinuteBudget } from '../core/minute-budget.ts'
import type { VendorCallBudget } from '../upstream/call-context.ts'

/** Maximum number of callers whose budgets are stored. JWTs can have any number of subjects. */
const maxCallers = 10_000

interface Budgets {
  limits: CallerLimits
  operations: MinuteBudget | null
  vendorCalls: MinuteBudget | null
}

/** Callers with their limits, from the configuration. */
export interface LimitedCallers {
  clients: readonly { name: string; limits?: CallerLimits | undefined }[]
  jwt: readonly { name?: string | undefined; limits?: CallerLimits | undefined }[] | null
}

export interface CallerBudgetsOptions extends LimitedCallers {
  /** Returns the time, in milliseconds since the epoch. Default: `Date.now`. */
  now?: () => number
}

/** Counts the operations and vendor calls of the callers whose limits are configured. */
export class CallerBudgets {
  #limitsByClient: ReadonlyMap<string, CallerLimits | undefined> = new Map()
  #limitsByPrefix: ReadonlyMap<string, CallerLimits | undefined> = new Map()
  readonly #now: () => number
  /** In the order of their last use, the most recently used budget last. */
  readonly #budgets = new Map<string, Budgets>()

  constructor({ clients, jwt, now = Date.now }: CallerBudgetsOptions) {
    this.#now = now
    this.setLimits({ clients, jwt })
  }

  /** Replaces the limits. A caller whose limits are unchanged keeps its counts. */
  setLimits({ clients, jwt }: LimitedCallers): void {
    this.#limitsByClient = new Map(clients.map(({ name, limits }) => [name, limits]))
    this.#limitsByPrefix = new Map(jwt?.map(({ name, limits }) => [formatSubjectPrefix(name), limits]))
  }

  /**
   * Counts an operation.
   *
   * @throws `TOO_MANY_REQUESTS` if the caller has no operation or vendor call left in this minute.
   */
  beginOperation(caller: string): void {
    const budgets = this.#find(caller)
    if (!budgets) return
    const { operations, vendorCalls } = budgets
    assertAvailable(operations, 'operationsPerMinute')
    assertAvailable(vendorCalls, 'vendorCallsPerMinute')
    operations?.charge()
  }

  /** Returns the budget for the vendor calls of an operation. Undefined if the caller has no limit. */
  findVendorCalls(caller: string): VendorCallBudget | undefined {
    const vendorCalls = this.#find(caller)?.vendorCalls
    if (!vendorCalls) return undefined
    return {
      take: () => {
        assertAvailable(vendorCalls, 'vendorCallsPerMinute')
        vendorCalls.charge()
      },
      charge: () => vendorCalls.charge(),
    }
  }

  #find(caller: string): Budgets | null {
    const colon = caller.indexOf(':')
    const limits = colon < 0 ? this.#limitsByClient.get(caller) : this.#limitsByPrefix.get(caller.slice(0, colon + 1))
    if (!limits) return null
    const existing = this.#budgets.get(caller)
    const budgets = existing && hasLimits(existing, limits) ? existing : this.#createBudgets(limits)
    this.#budgets.delete(caller)
    this.#budgets.set(caller, budgets)
    return budgets
  }

  #createBudgets(limits: CallerLimits): Budgets {
    const { operationsPerMinute, vendorCallsPerMinute } = limits
    this.#deleteFull()
    const create = (perMinute: number | undefined): MinuteBudget | null =>
      perMinute === undefined ? null : new MinuteBudget(perMinute, this.#now)
    return { limits, operations: create(operationsPerMinute), vendorCalls: create(vendorCallsPerMinute) }
  }

  /** Deletes full budgets, and at least one budget if there are `maxCallers`. */
  #deleteFull(): void {
    for (const [caller, { operations, vendorCalls }] of this.#budgets) {
      const isFull = (operations?.isFull ?? true) && (vendorCalls?.isFull ?? true)
      if (!isFull && this.#budgets.size < maxCallers) return
      this.#budgets.delete(caller)
    }
  }
}

const hasLimits = ({ limits }: Budgets, { operationsPerMinute, vendorCallsPerMinute }: CallerLimits): boolean =>
  limits.operationsPerMinute === operationsPerMinute && limits.vendorCallsPerMinute === vendorCallsPerMinute

function assertAvailable(budget: MinuteBudget | null, name: keyof CallerLimits): void {
  const retryAt = budget?.availableAt ?? null
  if (retryAt === null) return
  const text = `The caller's limit "${name}" was exceeded. Retry after the time in "retryAt".`
  throw new Problem('TOO_MANY_REQUESTS', text, { retryAt })
}
