import type { MessageId } from './error-message.ts'

/** A message of the MCP client: a request, a notification (without an ID), or a response (without a method). */
export interface ClientMessage {
  id: MessageId | undefined
  method: string | undefined
  params: Readonly<Record<string, unknown>>
}

/** Returns null if the value is not one JSON-RPC message. A batch is not. */
export function toClientMessage(value: unknown): ClientMessage | null {
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return null
  const { id, method, params = {} } = value
  if (id !== undefined && !isMessageId(id)) return null
  if (method === undefined && !('result' in value || 'error' in value)) return null
  if (method !== undefined && typeof method !== 'string') return null
  return { id, method, params: isRecord(params) ? params : {} }
}

/** Returns the ID of a request, or null if the value has none. */
export const findId = (value: unknown): MessageId | null =>
  isRecord(value) && isMessageId(value['id']) ? value['id'] : null

const isMessageId = (value: unknown): value is MessageId => typeof value === 'string' || typeof value === 'number'

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
