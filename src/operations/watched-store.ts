import type { ProcessRegistry } from './process-registry.ts'
import type { Store } from './store.ts'

/** Receives the failures and successes of a store. */
export interface StoreWatcher {
  onFailure(error: unknown): void
  /** Called after a durable write. */
  onSuccess(): void
}

/** Returns a store that reports every failure. Only `check` reports success, because reads also succeed if the disk is full. */
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
export function watchProcessRegistry(registry: ProcessRegistry, watcher: StoreWatcher): ProcessRegistry {
  return {
    id: registry.id,
    register: withWatcher(() => registry.register(), watcher),
    listAlive: withWatcher(() => registry.listAlive(), watcher),
    unregister: () => registry.unregister(),
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
