import type { CheckResult } from '../core/check-result.ts'
import { RedisConnection, RedisFailure } from './connection.ts'

/** Tests whether Redis answers, and whether its settings keep what is stored there. */
export async function checkRedis(url: string): Promise<CheckResult> {
  const ignore = () => {}
  const connection = new RedisConnection({ url, onMessage: ignore, sendHeartbeat: async () => {}, onChange: ignore })
  try {
    await connection.connect()
    const info = String(await connection.sendCommand('INFO'))
    const risks = [
      ...(/^aof_enabled:0/m.test(info) ? ['its restart forgets mutations (set appendonly yes)'] : []),
      ...(/^maxmemory_policy:allkeys/m.test(info) ? ['full, it forgets mutations (set another maxmemory-policy)'] : []),
    ]
    return { isOk: true, message: ['ok', ...risks].join('; but ') }
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    const { refused, reason } = error
    return { isOk: false, message: `${refused ? 'it refuses the connection' : 'it cannot be reached'} (${reason})` }
  } finally {
    connection.close()
  }
}
