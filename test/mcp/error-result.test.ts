import { expect, test } from 'vitest'
import { createErrorResult } from '../../src/mcp/error-result.ts'

test('begins the text of an error with its code, and names the request', () => {
  expect(createErrorResult({ code: 'NOT_FOUND', message: 'The conference was not found.', requestId: 'r-1' })).toEqual({
    content: [{ type: 'text', text: 'NOT_FOUND: The conference was not found. Request ID: r-1.' }],
    isError: true,
  })
})
