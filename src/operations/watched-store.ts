import type { Presence } from './presence.ts'
import type { Store } from './store.ts'

/** What is told of the store's failures, whoever met them. */
export interface StoreWatcher {
  onFailure(error: unknown): void
  /** A write was made durable. */
  onSuccess(): void
}

/** Returns a store that reports every failure. Only `check` proves that it works: reads succeed on a full disk too. */
export function watchStore(store: Store, watcher: StoreWatcher): Store {
  const watched = <A extends unknown[], R>(run: (...values: A) => Promise<R>): ((...values: A) => Promise<R>) =>
    withWatcher(run.bind(store), watcher)
  return {
    check: async () => {
      await watched(store.check)()
      watcher.onSuccess()
    },
    begin: watched(store.begin),
    replace: watched(store.replace),
    find: watched(store.find),
    holder: watched(store.holder),
    findUpload: watched(store.findUpload),
    open: watched(store.open),
    freeKeys: watched(store.freeKeys),
    forget: watched(store.forget),
    close: () => store.close(),
  }
}

/** Returns a process registry that reports every failure. */
export function watchPresence(presence: Presence, watcher: StoreWatcher): Presence {
  return {
    id: presence.id,
    join: withWatcher(() => presence.join(), watcher),
    living: withWatcher(() => presence.living(), watcher),
    leave: () => presence.leave(),
  }
}

function withWatcher<A extends unknown[], R>(run: (...values: A) => Promise<R>, { onFailure }: StoreWatcher) {
  return async (...values: A): Promise<R> => {
    try {
      return await run(...values)
    } catch (error) {
      onFailure(error)
      throw error
    }
  }
}
