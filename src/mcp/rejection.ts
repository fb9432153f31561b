import type { Code } from '../core/error-codes.ts'
import { JsonSyntaxError } from '../http/request/request-json.ts'
import { createJsonResponse, formatRejection } from '../http/response/error-response.ts'
import type { ErrorFormatter } from '../http/response/format-error.ts'
import type { OutgoingResponse } from '../http/response/outgoing-response.ts'
import { jsonRpcCodes } from './json-rpc-codes.ts'

/**
 * Creates the response to an HTTP request that is rejected: an error of JSON-RPC.
 *
 * @param challenge Value of `WWW-Authenticate` if the credentials are not valid.
 */
export function createMcpRejection(
  error: unknown,
  formatter: ErrorFormatter,
  challenge: string,
): OutgoingResponse & { code: Code } {
  const { formatted, head } = formatRejection(error, formatter)
  const { message, extensions } = formatted
  const { code, retryable, requestId } = extensions
  const headers = { ...head.headers, ...(code === 'UNAUTHENTICATED' && { 'www-authenticate': challenge }) }
  const data = { code, retryable, requestId }
  return createJsonResponse({ status: head.status, headers }, code, {
    jsonrpc: '2.0',
    id: null,
    error: { code: chooseJsonRpcCode(error, code), message, data },
  })
}

function chooseJsonRpcCode(error: unknown, code: Code): number {
  if (error instanceof JsonSyntaxError) return jsonRpcCodes.parseError
  return code === 'INTERNAL' ? jsonRpcCodes.internalError : jsonRpcCodes.invalidRequest
}
