import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Configuration } from '../config/configuration.ts'
import { SqliteOperationStore } from '../operations/sqlite-store.ts'
import type { StoreOptions } from '../operations/store.ts'
import { createCursorSecret, keepCursorSecret } from '../paging/cursor-secret.ts'
import type { SharedState } from '../redis/index.ts'
import { encodeOperationId } from '../schema/ids.ts'
import type { Telemetry } from '../telemetry/observers.ts'

/** Connects to Redis. The module is loaded only if processes share their state. */
export async function openRedis(
  url: string,
  configuration: Configuration,
  { log, metrics }: Telemetry,
): Promise<SharedState> {
  const { openSharedState } = await import('../redis/index.ts')
  let up = false
  metrics.registerRedisGauge(() => up)
  return openSharedState({
    url,
    cursorSecret: configuration.cursorSecret,
    store: createStoreOptions(configuration, log),
    onChange: (reason) => {
      up = reason === null
      if (up) log.info('redis connected')
      else log.warn({ reason }, 'redis unavailable: mutations are rejected, and nothing is shared')
    },
    onDataLost: () => log.error('redis lost its data'),
  })
}

/**
 * Returns the secret of cursor signatures and input digests. If the data folder is not writable, the secret is
 * created for this process: queries work, and their cursors become invalid when the process ends.
 */
export function loadOrCreateSecret(data: string, log: Logger): string {
  try {
    return keepCursorSecret(data)
  } catch (err) {
    log.error({ err }, 'data folder not writable: mutations are rejected')
    return createCursorSecret()
  }
}

function createStoreOptions({ limits }: Configuration, log: Logger): StoreOptions {
  return {
    callerBytes: limits.callerStoreBytes,
    onUnreadable: (id, err) => log.error({ operationId: encodeOperationId(id), err }, 'operation record unreadable'),
  }
}

/** Opens the operations of this machine. */
export function openStore(configuration: Configuration, log: Logger): SqliteOperationStore {
  return new SqliteOperationStore(join(configuration.data, 'operations.sqlite'), {
    ...createStoreOptions(configuration, log),
    onEmptied: () => log.error('operation store emptied'),
  })
}
