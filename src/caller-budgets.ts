import type { CallerLimits } from './config/caller-limits.ts'
import { Problem } from './errors.ts'
import { formatSubjectPrefix } from './jwt/verifier.ts'
import { MinuteBudget } from './minute-budget.ts'
import type { VendorCallBudget } from './upstream/call.ts'

/** Callers that are remembered at one time. The subjects of JWTs can be many. */
const maxCallers = 10_000

interface Budgets {
  operations: MinuteBudget | null
  vendorCalls: MinuteBudget | null
}

export interface CallerBudgetsOptions {
  clients: readonly { name: string; limits?: CallerLimits | undefined }[]
  jwt: readonly { name?: string | undefined; limits?: CallerLimits | undefined }[] | null
  now?: () => number
}

/** What callers can still spend this minute, if the configuration limits them. */
export class CallerBudgets {
  readonly #limitsByClient: ReadonlyMap<string, CallerLimits | undefined>
  readonly #limitsByPrefix: ReadonlyMap<string, CallerLimits | undefined>
  readonly #now: () => number
  /** The caller that came last is at the end. */
  readonly #budgets = new Map<string, Budgets>()

  constructor({ clients, jwt, now = Date.now }: CallerBudgetsOptions) {
    this.#limitsByClient = new Map(clients.map(({ name, limits }) => [name, limits]))
    this.#limitsByPrefix = new Map(jwt?.map(({ name, limits }) => [formatSubjectPrefix(name), limits]))
    this.#now = now
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
    const budgets = this.#budgets.get(caller) ?? this.#createBudgets(limits)
    this.#budgets.delete(caller)
    this.#budgets.set(caller, budgets)
    return budgets
  }

  #createBudgets({ operationsPerMinute, vendorCallsPerMinute }: CallerLimits): Budgets {
    this.#forgetWhole()
    const create = (perMinute: number | undefined): MinuteBudget | null =>
      perMinute === undefined ? null : new MinuteBudget(perMinute, this.#now)
    return { operations: create(operationsPerMinute), vendorCalls: create(vendorCallsPerMinute) }
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

function requireAvailable(budget: MinuteBudget | null, name: keyof CallerLimits): void {
  const retryAt = budget?.availableAt ?? null
  if (retryAt === null) return
  const text = `The caller's limit "${name}" was exceeded. Retry after the time in "retryAt".`
  throw new Problem('TOO_MANY_REQUESTS', text, { retryAt })
}
