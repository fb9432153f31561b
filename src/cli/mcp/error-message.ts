/** ID of a JSON-RPC request. */
export type MessageId = string | number

/** Returns the JSON of an error response. Its ID is null if that of the request is not known. */
export function formatErrorMessage(id: MessageId | null, code: number, message: string, data?: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...(data && { data }) } })
}
