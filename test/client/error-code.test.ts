import { expectTypeOf, test } from 'vitest'
import type { ErrorCode } from '../../src/client/index.ts'
import type { Code } from '../../src/core/errors.ts'

test('knows every error code of the server', () => {
  expectTypeOf<ErrorCode>().toEqualTypeOf<Code | 'UNREACHABLE'>()
})
