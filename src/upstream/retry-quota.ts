/**
 * What an account can spend on retries: a retry takes from it and a success fills it, so that a vendor that fails gets
 * hardly more calls than it would without retries. A caller can spend at most as much as it leaves for the others.
 */
export class RetryQuota {
  readonly #total: number
  /** Whether several callers can use the account. */
  isShared: boolean
  /** What callers took and have not given back, the oldest first. */
  readonly #spent = new Map<string, number>()
  #max: number
  #left: number

  constructor(max: number, isShared: boolean) {
    this.#left = this.#max = this.#total = max
    this.isShared = isShared
  }

  get left(): number {
    return this.#left
  }

  /** Divides the quota among the processes that serve the account. */
  setProcessCount(processes: number): void {
    this.#max = this.#total / processes
    this.#left = Math.min(this.#left, this.#max)
  }

  /** Returns false, and takes nothing, if too little is left. */
  trySpend(caller: string, cost: number): boolean {
    const spent = (this.#spent.get(caller) ?? 0) + cost
    if (this.#left < cost || (this.isShared && spent > this.#left - cost)) return false
    this.#left -= cost
    this.#spent.set(caller, spent)
    return true
  }

  /** `paid`: what the call's last retry took, which comes back. */
  recordSuccess(caller: string, paid: number): void {
    let amount = paid || 1
    this.#left = Math.min(this.#max, this.#left + amount)
    if (this.#left === this.#max) this.#spent.clear()
    for (const debtor of this.#spent.has(caller) ? [caller, ...this.#spent.keys()] : this.#spent.keys()) {
      const spent = this.#spent.get(debtor) ?? 0
      if (spent > amount) {
        this.#spent.set(debtor, spent - amount)
        return
      }
      this.#spent.delete(debtor)
      amount -= spent
      if (amount <= 0) return
    }
  }
}
