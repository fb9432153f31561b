import { expectTypeOf, test } from 'vitest'
import type { ErrorCode, ErrorKind } from '../../src/client/index.ts'
import type { Code, ErrorKind as CoreErrorKind } from '../../src/core/error-codes.ts'

test('knows every error code of the server', () => {
  expectTypeOf<ErrorCode>().toEqualTypeOf<Code | 'UNREACHABLE'>()
})

test('knows every kind of error of the server', () => {
  expectTypeOf<ErrorKind>().toEqualTypeOf<CoreErrorKind>()
})
