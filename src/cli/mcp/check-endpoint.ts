import type { ErrorCode } from '../../client/error-code.ts'
import type { ServerTarget } from '../../client/destination.ts'
import { createConnectionError, ParleyError } from '../../client/errors.ts'
import { isRecord } from './client-message.ts'
import { postMessage } from './post-message.ts'
import { parseServerMessage, type ServerMessage } from './server-message.ts'

/** Time in which the server must respond. MCP clients wait longer: usually for 60 s. */
const checkTimeoutMs = 20_000

const ping = JSON.stringify({ jsonrpc: '2.0', id: 'check', method: 'ping' })

interface Checked {
  status: number
  /** Null if the response is not an MCP message. */
  message: ServerMessage | null
}

/**
 * Checks that the server accepts MCP messages from this caller. A server that is overloaded or stops does: it can accept
 * the next message.
 *
 * @throws ParleyError if there is no server, if it has no MCP endpoint, or if it rejects the API key. The signal's reason,
 *   if it aborts.
 */
export async function checkEndpoint(server: ServerTarget, signal: AbortSignal): Promise<void> {
  const { status, message } = await sendPing(server, signal)
  if (status === 401 || status === 403) throw createRejection(status, message)
  if (message && status !== 404) return
  if (status === 429 || status >= 500)
    throw createError('UNREACHABLE', `The response has HTTP status ${status} and is not an MCP message.`, true)
  const text = 'The server has no MCP endpoint. Add "mcp: {}" to its configuration, or check the URL.'
  throw createError('NOT_FOUND', text, false)
}

async function sendPing(server: ServerTarget, signal: AbortSignal): Promise<Checked> {
  const timeout = AbortSignal.timeout(checkTimeoutMs)
  const timed = AbortSignal.any([signal, timeout])
  try {
    const { status, messages } = await postMessage({ ...server, signal: timed }, {}, ping)
    let message: ServerMessage | null = null
    for await (const text of messages) message ??= parseServerMessage(text)
    return { status, message }
  } catch (error) {
    signal.throwIfAborted()
    if (!timeout.aborted) throw createConnectionError(error, false)
    throw createError('UNREACHABLE', `The server did not respond within ${checkTimeoutMs / 1_000} s.`, true)
  }
}

function createRejection(status: number, message: ServerMessage | null): ParleyError {
  const error = isRecord(message?.['error']) ? message['error'] : {}
  const data = isRecord(error['data']) ? error['data'] : {}
  const code = (data['code'] ?? (status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN')) as ErrorCode
  return createError(code, String(error['message'] ?? 'The server rejected the request.'), false)
}

const createError = (code: ErrorCode, text: string, retryable: boolean): ParleyError =>
  new ParleyError(code, text, { outcomeUnknown: false, retryable })
