import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'
export default mergeConfig({ ...base, test: { ...base.test, include: [], globalSetup: [] } }, defineConfig({ test: { include: 'test/paging/cursor.test.ts'.split(',') } }))
