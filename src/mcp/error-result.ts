import type { Code } from '../core/error-codes.ts'
import type { ToolResult } from './tool.ts'

export interface ToolError {
  code: Code
  message: string
  requestId: string
}

/** Creates the result of a call that failed without data. */
export function createErrorResult(error: ToolError): ToolResult {
  return { content: [{ type: 'text', text: formatToolError(error) }], isError: true }
}

/** Formats an error for a language model. */
export function formatToolError({ code, message, requestId }: ToolError): string {
  return `${code}: ${message} Request ID: ${requestId}.`
}
