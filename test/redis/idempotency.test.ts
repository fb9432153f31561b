// Runs the tests of mutations with the store in Redis.
import './over-redis.ts'
import '../operations/idempotency.test.ts'
import '../operations/lifecycle.test.ts'
