import type { CallContext } from './call-context.ts'
import type { ResiliencePolicy } from './resilience-policy.ts'
import { ReadSlots } from './read-slots.ts'
import type { VendorRequest } from './request.ts'

/** Gives an account's requests their places: a read has its turn within its operation first, then at the gate. */
export class RequestScheduler {
  readonly #account: string
  readonly #policy: ResiliencePolicy
  /** Reads of one operation that can be in flight. */
  readonly #maxReadsInFlight: number

  constructor(account: string, gate: ResiliencePolicy, maxReads: number) {
    this.#account = account
    this.#policy = gate
    this.#maxReadsInFlight = maxReads
  }

  /** Runs `send` when it has a place. @throws What `Gate.run` throws. */
  async execute<T>({ rateLimit: limit, singleUse: once }: VendorRequest, call: CallContext, send: () => Promise<T>): Promise<T> {
    if (once) return this.#policy.execute(limit, call, send)
    const slots = this.#getSlots(limit, call)
    const entering = slots.enter(call.signal)
    if (entering) await entering
    let hasStarted = false
    try {
      return await this.#policy.execute(limit, call, () => {
        hasStarted = true
        slots.start()
        return send()
      })
    } finally {
      slots.leave(hasStarted)
    }
  }

  #getSlots(limit: string, { slots }: CallContext): ReadSlots {
    const key = `${this.#account} ${limit}`
    const known = slots.get(key)
    if (known) return known
    const created = new ReadSlots(this.#maxReadsInFlight)
    slots.set(key, created)
    return created
  }
}
