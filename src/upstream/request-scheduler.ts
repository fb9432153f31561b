import type { SendContext } from './call-context.ts'
import type { ResiliencePolicy } from './resilience-policy.ts'
import { ReadSlots } from './read-slots.ts'
import type { VendorRequest } from './request.ts'

/** Schedules an account's requests: a read waits for a slot of its operation first, then for one of the account. */
export class RequestScheduler {
  readonly #account: string
  readonly #policy: ResiliencePolicy
  /** Maximum number of reads of one operation in flight. */
  readonly #maxReadsInFlight: number

  constructor(account: string, policy: ResiliencePolicy, maxReads: number) {
    this.#account = account
    this.#policy = policy
    this.#maxReadsInFlight = maxReads
  }

  /** Calls `send` when the request has a slot. @throws The errors of `ResiliencePolicy.execute`. */
  async execute<T>({ rateLimit, singleUse }: VendorRequest, call: SendContext, send: () => Promise<T>): Promise<T> {
    if (singleUse) return this.#policy.execute(rateLimit, call, send)
    const slots = this.#getSlots(rateLimit, call)
    const entering = slots.enter(call.signal)
    if (entering) await entering
    call.onQueue?.()
    let hasStarted = false
    try {
      return await this.#policy.execute(rateLimit, call, () => {
        hasStarted = true
        slots.start()
        return send()
      })
    } finally {
      slots.leave(hasStarted)
    }
  }

  #getSlots(rateLimit: string, { slots }: SendContext): ReadSlots {
    const key = `${this.#account} ${rateLimit}`
    const existing = slots.get(key)
    if (existing) return existing
    const created = new ReadSlots(this.#maxReadsInFlight)
    slots.set(key, created)
    return created
  }
}
