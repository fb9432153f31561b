import { afterAll, afterEach } from 'vitest'
import { RedisConnection } from '../../src/redis/connection.ts'
import { RedisStore } from '../../src/redis/store.ts'
import { storeOpener } from '../operations/open.ts'
import { startRedis } from './redis-server.ts'

const redis = await startRedis()
const quiet = () => {}
const connection = new RedisConnection({
  url: redis.url,
  onMessage: quiet,
  sendHeartbeat: async () => {},
  onChange: quiet,
})
await connection.connect()
storeOpener.open = () => new RedisStore(connection)

afterEach(() => connection.sendCommand('FLUSHDB'))
afterAll(async () => {
  connection.close()
  await redis.stop()
})
