import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

const { projects: _, ...test } = base.test ?? {}

/** The tests that the mutants of stryker.config.json have to survive: those that prove the files mutated, and are quick. */
export default mergeConfig(
  { ...base, test },
  defineConfig({
    test: {
      include: [
        'test/upstream/{failure,path,redact,retry,retry-after,token-life,token-provider,token-schedules,vendor-error}.test.ts',
        'test/operations/outcome.test.ts',
        'test/paging/{cursor,position}.test.ts',
        'test/vendors/imeetcentral/link.test.ts',
      ],
    },
  }),
)
