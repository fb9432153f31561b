import { afterAll, afterEach } from 'vitest'
import { Connection } from '../../src/redis/connection.ts'
import { RedisStore } from '../../src/redis/store.ts'
import { backing } from '../operations/open.ts'
import { startRedis } from './redis-server.ts'

const redis = await startRedis()
const quiet = () => {}
const connection = new Connection({ url: redis.url, onMessage: quiet, beat: async () => {}, onChange: quiet })
await connection.open()
backing.open = () => new RedisStore(connection)

afterEach(() => connection.command('FLUSHDB'))
afterAll(async () => {
  connection.close()
  await redis.stop()
})
