import type { CheckResult } from '../core/check-result.ts'
import { RedisConnection, RedisFailure } from './connection.ts'

/** Tests whether Redis responds, and whether its settings preserve the stored data. */
export async function checkRedis(url: string): Promise<CheckResult> {
  const ignore = () => {}
  const connection = new RedisConnection({ url, onMessage: ignore, sendHeartbeat: async () => {}, onChange: ignore })
  try {
    await connection.connect()
    const info = String(await connection.sendCommand('INFO'))
    const risks = [
      ...(/^aof_enabled:0/m.test(info) ? ['a restart of Redis loses mutations (set appendonly yes)'] : []),
      ...(/^maxmemory_policy:allkeys/m.test(info)
        ? ['a full Redis evicts mutations (set another maxmemory-policy)']
        : []),
    ]
    return { isOk: true, message: ['ok', ...risks].join('; but ') }
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    const { isRejected, reason } = error
    return {
      isOk: false,
      message: `${isRejected ? 'Redis rejects the connection' : 'Redis cannot be reached'} (${reason})`,
    }
  } finally {
    connection.close()
  }
}
