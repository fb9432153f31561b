/**
 * Token bucket that limits the retries of an account. Each retry takes tokens and each success returns some, so that
 * retries add little load to a vendor that is down. A caller can take at most as much as it leaves for the others.
 */
export class RetryQuota {
  readonly #total: number
  /** Whether several callers can use the account. */
  isShared: boolean
  /** Tokens that callers took and have not returned. The caller that took first is first. */
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

  /** Takes tokens for a retry. Returns false, and takes nothing, if too few are left. */
  trySpend(caller: string, cost: number): boolean {
    const spent = (this.#spent.get(caller) ?? 0) + cost
    if (this.#left < cost || (this.isShared && spent > this.#left - cost)) return false
    this.#left -= cost
    this.#spent.set(caller, spent)
    return true
  }

  /**
   * Returns tokens after a successful call.
   *
   * @param paid Tokens that the last retry of the call took. 0: the call was not retried, and one token is returned.
   */
  recordSuccess(caller: string, paid: number): void {
    let amount = paid || 1
    this.#left = Math.min(this.#max, this.#left + amount)
    // Nearly always. Even an empty map allocates when it is cleared.
    if (this.#spent.size === 0) return
    if (this.#left === this.#max) this.#spent.clear()
    for (const spender of this.#spent.has(caller) ? [caller, ...this.#spent.keys()] : this.#spent.keys()) {
      const spent = this.#spent.get(spender) ?? 0
      if (spent > amount) {
        this.#spent.set(spender, spent - amount)
        return
      }
      this.#spent.delete(spender)
      amount -= spent
      if (amount <= 0) return
    }
  }
}
