import { Problem } from '../core/errors.ts'
import type { CallContext } from './call-context.ts'
import { FairQueue } from './fair-queue.ts'

/** Maximum number of waiting tasks of one key: more than a minute of writes to one meeting. */
const maxWaiting = 256

/** Runs tasks with the same key one at a time, in turn for each caller that has waiting tasks. */
export class KeyedMutex {
  readonly #queues = new Map<string, FairQueue>()

  /**
   * Runs a task when no other task with the same key is running, and returns its result.
   *
   * @param call Its signal cancels the wait, not a task that has started.
   * @throws `OVERLOADED` if too many tasks with the key are waiting.
   * @throws The signal's reason, if it has aborted, or aborts while the task is waiting.
   */
  async runExclusive<T>(key: string, call: Pick<CallContext, 'caller' | 'signal'>, task: () => Promise<T>): Promise<T> {
    call.signal.throwIfAborted()
    const queue = this.#queues.get(key) ?? new FairQueue({ maxInFlight: 1, maxWaiting, isShared: true })
    this.#queues.set(key, queue)
    try {
      await enter(queue, call)
      try {
        return await task()
      } finally {
        queue.leave(call.caller)
      }
    } finally {
      if (queue.isIdle) this.#queues.delete(key)
    }
  }
}

function enter(queue: FairQueue, { caller, signal }: Pick<CallContext, 'caller' | 'signal'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      queue.cancel(waiter)
      reject(signal.reason)
    }
    const waiter = {
      caller,
      start: () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      },
      onEvicted: () => {
        signal.removeEventListener('abort', onAbort)
        reject(new Problem('OVERLOADED', 'Too many changes to this object are waiting. Retry later.'))
      },
    }
    signal.addEventListener('abort', onAbort, { once: true })
    queue.enter(waiter)
  })
}
