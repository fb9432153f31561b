import type { ProcessRegistry } from './process-registry.ts'
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
    insert: watched(store.insert),
    updateIf: watched(store.updateIf),
    find: watched(store.find),
    findByKey: watched(store.findByKey),
    findUpload: watched(store.findUpload),
    listUnresolved: watched(store.listUnresolved),
    releaseKeysOlderThan: watched(store.releaseKeysOlderThan),
    deleteOlderThan: watched(store.deleteOlderThan),
    close: () => store.close(),
  }
}

/** Returns a process registry that reports every failure. */
export function watchPresence(presence: ProcessRegistry, watcher: StoreWatcher): ProcessRegistry {
  return {
    id: presence.id,
    register: withWatcher(() => presence.register(), watcher),
    listAlive: withWatcher(() => presence.listAlive(), watcher),
    unregister: () => presence.unregister(),
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
