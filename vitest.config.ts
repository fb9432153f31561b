import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vite would load graphql's ES module copy beside the CommonJS one that Yoga loads; `instanceof` needs one.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql/index.js')) }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/redis/**'],
    globalSetup: ['test/support/unpack-browser.ts'],
    // A property that is tried more often than usual takes its time.
    testTimeout: process.env['PROPERTY_RUNS'] === undefined ? 30_000 : 0,
    hookTimeout: 30_000,
  },
})
