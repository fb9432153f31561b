import { isRecord } from './client-message.ts'
import type { MessageId } from './error-message.ts'

/** A message of the server. */
export type ServerMessage = Readonly<Record<string, unknown>>

/** Returns null if the text is something else, such as a proxy's page. */
export function parseServerMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) && value['jsonrpc'] === '2.0' ? value : null
  } catch {
    return null
  }
}

export const isResponse = (message: ServerMessage): boolean => 'result' in message || 'error' in message

/**
 * Returns the message as one line for the MCP client that sent the request `id`. If the server rejected the HTTP request,
 * its error has no ID and gets this one. In any other case, the text stays as the server sent it.
 */
export function formatServerMessage(message: ServerMessage, text: string, id: MessageId): string {
  // In JSON, a line end can only be between tokens.
  const isForClient = !isResponse(message) || message['id'] === id
  return isForClient ? text.replaceAll(/[\r\n]+/g, ' ') : JSON.stringify({ ...message, id })
}
