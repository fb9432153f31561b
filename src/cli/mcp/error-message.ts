/** ID of a JSON-RPC request. */
export type MessageId = string | number

/** Codes of JSON-RPC: https://www.jsonrpc.org/specification#error_object */
export const jsonRpcErrorCode = { parseError: -32_700, invalidRequest: -32_600, internalError: -32_603 } as const

/** Returns the JSON of an error response. Its ID is null if that of the request is not known. */
export function formatErrorMessage(id: MessageId | null, code: number, message: string, data?: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...(data && { data }) } })
}
