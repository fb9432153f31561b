import { defineConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** What needs a redis-server on this machine: npm run test:redis. */
export default defineConfig({
  ...(base.resolve ? { resolve: base.resolve } : {}),
  test: { include: ['test/redis/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 },
})
