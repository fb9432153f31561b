import type { Caller } from '../../auth/caller.ts'
import type { OperationPlan } from '../../execution/operation-plan.ts'
import { listMessageVariables } from './message-variables.ts'
import type { Subscription } from './subscription.ts'

/** Messages of one source value, by the variables that they depend on. */
type Messages = Map<string, Buffer>

/**
 * Messages that are the same for several streams: those of the same source value, caller, operation, and variables. They
 * are executed and formatted once. The source decides which of its values are the same object.
 */
export class SharedMessages {
  readonly #messagesBySource = new WeakMap<object, WeakMap<Caller, WeakMap<OperationPlan, Messages>>>()

  /** Returns the message of another stream. Undefined if there is none. */
  find(source: unknown, caller: Caller, subscription: Subscription): Buffer | undefined {
    if (typeof source !== 'object' || source === null) return undefined
    const messages = this.#messagesBySource.get(source)?.get(caller)?.get(subscription.plan)
    return messages?.get(createKey(subscription))
  }

  /** Keeps a message without errors for other streams, as long as the source value is in use. */
  add(source: unknown, caller: Caller, subscription: Subscription, message: Buffer): void {
    if (typeof source !== 'object' || source === null) return
    const byCaller = getOrCreate(this.#messagesBySource, source, () => new WeakMap())
    const byPlan = getOrCreate(byCaller, caller, () => new WeakMap())
    getOrCreate(byPlan, subscription.plan, (): Messages => new Map()).set(createKey(subscription), message)
  }
}

function getOrCreate<K extends object, V>(map: WeakMap<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}

const createKey = ({ plan, variables }: Subscription): string => {
  const names = listMessageVariables(plan)
  return names.length === 0 ? '' : JSON.stringify(names.map((name) => variables[name]))
}
