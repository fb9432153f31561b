// What holds of mutations over the embedded store, over Redis.
import './over-redis.ts'
import '../operations/idempotency.test.ts'
import '../operations/lifecycle.test.ts'
