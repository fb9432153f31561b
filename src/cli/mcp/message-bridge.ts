import type { ServerTarget } from '../../client/destination.ts'
import { createConnectionError } from '../../client/errors.ts'
import { jsonRpcCodes } from '../../mcp/json-rpc-codes.ts'
import { findId, isRecord, toClientMessage, type ClientMessage } from './client-message.ts'
import { formatErrorMessage, type MessageId } from './error-message.ts'
import { maxLineBytes } from './iterate-lines.ts'
import { postMessage } from './post-message.ts'
import { createProtocolHeaders } from './request-headers.ts'
import { formatServerMessage, isResponse, parseServerMessage, type ServerMessage } from './server-message.ts'

/** Maximum number of requests in flight. A server accepts 128 operations of one caller by default. */
const maxRequests = 32

/** A request in flight. */
interface Exchange {
  id: MessageId
  controller: AbortController
  ended: Promise<void>
}

/** Sends the requests of an MCP client to a server, and its responses to the client. */
export class MessageBridge {
  readonly #server: ServerTarget
  /** Writes one line. */
  readonly #write: (line: string) => Promise<void>
  readonly #exchanges = new Set<Exchange>()
  #negotiatedVersion: string | undefined

  constructor(server: ServerTarget, write: (line: string) => Promise<void>) {
    this.#server = server
    this.#write = write
  }

  /** Handles a line of the client, or null for one that is too long. Resolves when the next line can be read. */
  async handleLine(line: Buffer | null): Promise<void> {
    const { parseError, invalidRequest } = jsonRpcCodes
    const mebibytes = maxLineBytes / 1024 ** 2
    if (line === null) return this.#reject(invalidRequest, `A message must have at most ${mebibytes} MiB.`)
    const parsed = parseLine(line)
    if (!parsed) return this.#reject(parseError, 'The line is not valid JSON in UTF-8.')
    if (parsed.value === undefined) return
    const message = toClientMessage(parsed.value)
    if (!message)
      return this.#reject(invalidRequest, 'The line must be one JSON-RPC 2.0 message.', findId(parsed.value))
    const { id, method, params } = message
    if (method === 'notifications/cancelled') this.#cancel(params['requestId'])
    // The server has no sessions: other notifications, and responses to requests that it never sends, have no effect.
    if (id === undefined || method === undefined) return
    if (this.#exchanges.size >= maxRequests) await Promise.race([...this.#exchanges].map(({ ended }) => ended))
    const exchange = this.#begin(id, message, parsed.text)
    // The following requests need the version that this one negotiates.
    if (method === 'initialize') await exchange.ended
  }

  /** Resolves when no request is in flight. */
  async waitForIdle(): Promise<void> {
    await Promise.all([...this.#exchanges].map(({ ended }) => ended))
  }

  /** Cancels all requests. Their client gets no responses. */
  abort(): void {
    for (const { controller } of this.#exchanges) controller.abort()
  }

  #reject(code: number, message: string, id: MessageId | null = null): Promise<void> {
    return this.#write(formatErrorMessage(id, code, message))
  }

  /** Closes a request, which cancels a read at the server. A write runs to its end there. */
  #cancel(requestId: unknown): void {
    for (const { id, controller } of this.#exchanges) if (id === requestId) controller.abort()
  }

  #begin(id: MessageId, message: ClientMessage, body: string): Exchange {
    const controller = new AbortController()
    const ended = this.#exchange(id, message, body, controller.signal).finally(() => this.#exchanges.delete(exchange))
    const exchange = { id, controller, ended }
    this.#exchanges.add(exchange)
    return exchange
  }

  async #exchange(id: MessageId, message: ClientMessage, body: string, signal: AbortSignal): Promise<void> {
    const headers = createProtocolHeaders(message, this.#negotiatedVersion)
    let hasResponse = false
    try {
      const { status, messages } = await postMessage({ ...this.#server, signal }, headers, body)
      for await (const text of messages) {
        const received = parseServerMessage(text)
        if (!received) throw new Error(`HTTP status ${status}, not an MCP message`)
        if (message.method === 'initialize') this.#readVersion(received)
        signal.throwIfAborted()
        hasResponse ||= isResponse(received)
        await this.#write(formatServerMessage(received, text, id))
      }
      if (!hasResponse) throw new Error('the response ended early')
    } catch (error) {
      // A client gets no response to a request that it canceled.
      if (!hasResponse && !signal.aborted) await this.#write(formatUnreachable(id, message, error))
    }
  }

  #readVersion({ result }: ServerMessage): void {
    const version = isRecord(result) ? result['protocolVersion'] : undefined
    if (typeof version === 'string') this.#negotiatedVersion = version
  }
}

function formatUnreachable(id: MessageId, { method }: ClientMessage, error: unknown): string {
  const { code, message } = createConnectionError(error, false)
  const advice =
    method === 'tools/call'
      ? 'Send the same call again, with the same idempotencyKey if it has one. Nothing is done twice.'
      : 'Send the request again.'
  return formatErrorMessage(id, jsonRpcCodes.internalError, `${code}: ${message} ${advice}`, {
    code,
    retryable: true,
  })
}

/** Returns null if the line is not JSON in UTF-8. The value is undefined if the line is blank. */
function parseLine(line: Buffer): { text: string; value: unknown } | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line)
    return { text, value: text.trim() === '' ? undefined : JSON.parse(text) }
  } catch {
    return null
  }
}
