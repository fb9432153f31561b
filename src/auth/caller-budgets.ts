import type { CallerLimits } from './caller.ts'
import { Problem } from '../core/errors.ts'
import { formatSubjectPrefix } from './jwt/verifier.ts'
import { MinuteBudget } from '../core/minute-budget.ts'
import type { VendorCallBudget } from '../upstream/call-context.ts'

/** Callers that are remembered at one time. The subjects of JWTs can be many. */
const maxCallers = 10_000

interface Budgets {
  limits: CallerLimits
  operations: MinuteBudget | null
  vendorCalls: MinuteBudget | null
}

export interface LimitedCallers {
  clients: readonly { name: string; limits?: CallerLimits | undefined }[]
  jwt: readonly { name?: string | undefined; limits?: CallerLimits | undefined }[] | null
}

export interface CallerBudgetsOptions extends LimitedCallers {
  now?: () => number
}

/** What callers can still spend this minute, if the configuration limits them. */
export class CallerBudgets {
  #limitsByClient: ReadonlyMap<string, CallerLimits | undefined> = new Map()
  #limitsByPrefix: ReadonlyMap<string, CallerLimits | undefined> = new Map()
  readonly #now: () => number
  /** The caller that came last is at the end. */
  readonly #budgets = new Map<string, Budgets>()

  constructor({ clients, jwt, now = Date.now }: CallerBudgetsOptions) {
    this.#now = now
    this.setLimits({ clients, jwt })
  }

  /** Replaces the limits. A caller whose limits are the same keeps what it has left. */
  setLimits({ clients, jwt }: LimitedCallers): void {
    this.#limitsByClient = new Map(clients.map(({ name, limits }) => [name, limits]))
    this.#limitsByPrefix = new Map(jwt?.map(({ name, limits }) => [formatSubjectPrefix(name), limits]))
  }

  /**
   * Counts an operation.
   *
   * @throws TOO_MANY_REQUESTS if the caller has no operation or no vendor call left.
   */
  beginOperation(caller: string): void {
    const budgets = this.#find(caller)
    if (!budgets) return
    const { operations, vendorCalls } = budgets
    requireAvailable(operations, 'operationsPerMinute')
    requireAvailable(vendorCalls, 'vendorCallsPerMinute')
    operations?.charge()
  }

  /** What counts the vendor calls of one operation; undefined if the caller has no limit. */
  findVendorCalls(caller: string): VendorCallBudget | undefined {
    const vendorCalls = this.#find(caller)?.vendorCalls
    if (!vendorCalls) return undefined
    return {
      take: () => {
        requireAvailable(vendorCalls, 'vendorCallsPerMinute')
        vendorCalls.charge()
      },
      charge: () => vendorCalls.charge(),
    }
  }

  #find(caller: string): Budgets | null {
    const colon = caller.indexOf(':')
    const limits = colon < 0 ? this.#limitsByClient.get(caller) : this.#limitsByPrefix.get(caller.slice(0, colon + 1))
    if (!limits) return null
    const known = this.#budgets.get(caller)
    const budgets = known && hasLimits(known, limits) ? known : this.#createBudgets(limits)
    this.#budgets.delete(caller)
    this.#budgets.set(caller, budgets)
    return budgets
  }

  #createBudgets(limits: CallerLimits): Budgets {
    const { operationsPerMinute, vendorCallsPerMinute } = limits
    this.#forgetWhole()
    const create = (perMinute: number | undefined): MinuteBudget | null =>
      perMinute === undefined ? null : new MinuteBudget(perMinute, this.#now)
    return { limits, operations: create(operationsPerMinute), vendorCalls: create(vendorCallsPerMinute) }
  }

  /** Makes room for one more. */
  #forgetWhole(): void {
    for (const [caller, { operations, vendorCalls }] of this.#budgets) {
      const isWhole = (operations?.isWhole ?? true) && (vendorCalls?.isWhole ?? true)
      if (!isWhole && this.#budgets.size < maxCallers) return
      this.#budgets.delete(caller)
    }
  }
}

const hasLimits = ({ limits }: Budgets, { operationsPerMinute, vendorCallsPerMinute }: CallerLimits): boolean =>
  limits.operationsPerMinute === operationsPerMinute && limits.vendorCallsPerMinute === vendorCallsPerMinute

function requireAvailable(budget: MinuteBudget | null, name: keyof CallerLimits): void {
  const retryAt = budget?.availableAt ?? null
  if (retryAt === null) return
  const text = `The caller's limit "${name}" was exceeded. Retry after the time in "retryAt".`
  throw new Problem('TOO_MANY_REQUESTS', text, { retryAt })
}
