import { Connection, RedisFailure } from './connection.ts'

/** Whether Redis answers, and whether it is set up to keep what is written down there. */
export async function checkRedis(url: string): Promise<{ good: boolean; says: string }> {
  const quiet = () => {}
  const connection = new Connection({ url, onMessage: quiet, beat: async () => {}, onChange: quiet })
  try {
    await connection.open()
    const told = String(await connection.command('INFO'))
    const risks = [
      ...(/^aof_enabled:0/m.test(told) ? ['its restart forgets mutations (set appendonly yes)'] : []),
      ...(/^maxmemory_policy:allkeys/m.test(told) ? ['full, it forgets mutations (set another maxmemory-policy)'] : []),
    ]
    return { good: true, says: ['ok', ...risks].join('; but ') }
  } catch (error) {
    if (!(error instanceof RedisFailure)) throw error
    const { refused, reason } = error
    return { good: false, says: `${refused ? 'it refuses the connection' : 'it cannot be reached'} (${reason})` }
  } finally {
    connection.close()
  }
}
