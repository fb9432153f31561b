import type { ToolResult } from './tool.ts'

export interface ToolError {
  /** Code of the API. */
  code: string
  message: string
  /** Position in the data. Default: none. */
  path?: readonly (string | number)[] | undefined
  /** What to do next, as sentences. Default: nothing. */
  advice?: string | undefined
  requestId: string
}

/** Creates the result of a call that has no data. */
export function createErrorResult(error: ToolError): ToolResult {
  return { content: [{ type: 'text', text: formatToolError(error) }], isError: true }
}

/** Formats an error for a language model: its code, what happened, where, what to do, and the request. */
export function formatToolError({ code, message, path = [], advice = '', requestId }: ToolError): string {
  const position = path.length > 0 ? `Position: ${path.join('.')}.` : ''
  return [`${code}: ${message}`, position, advice, `Request ID: ${requestId}.`].filter(Boolean).join(' ')
}

/** Describes whether and when to send a call again. */
export function describeRetry({ retryable, retryAt }: { retryable: boolean; retryAt?: string }): string {
  if (!retryable) return 'Do not send the same call again.'
  return retryAt === undefined ? 'Send the same call again later.' : `Send the same call again after ${retryAt}.`
}
