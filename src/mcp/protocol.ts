import type { IncomingHttpHeaders } from 'node:http'
import {
  createMcpHandler,
  isInitializeRequest,
  ProtocolError,
  Server,
  type ListToolsResult,
} from '@modelcontextprotocol/server'
import { version } from '../core/version.ts'
import { isObject } from '../http/request/request-json.ts'
import type { OutgoingResponse } from '../http/response/outgoing-response.ts'
import { jsonRpcCodes } from './json-rpc-codes.ts'
import type { McpMessage } from './message.ts'
import type { Tool, ToolResult } from './tool.ts'

/** What a message can use. */
export interface Exchange {
  requestId: string
  /** The tools that the caller can call, sorted by name. */
  tools: readonly Tool[]
  /** Calls the tool that the message names. Null if it does not exist. */
  callTool: (() => Promise<ToolResult>) | null
  /** Called with an error that is not the fault of the client. */
  onInternalError(error: unknown): void
}

const serverInfo = { name: 'parley', title: 'Parley', version }

/** A client that accepts all types gets JSON. */
const eventStreamPattern = /text\/event-stream/i

/** Headers of the request that the protocol uses. */
const protocolHeaders = ['mcp-protocol-version', 'mcp-method', 'mcp-name'] as const

/**
 * Handles a message in the client's version of the protocol.
 *
 * The response is JSON. In the versions before 2026-07-28, it is one event, if the client names events.
 */
export async function handleMessage(
  message: McpMessage,
  headers: IncomingHttpHeaders,
  exchange: Exchange,
): Promise<OutgoingResponse & { body: string }> {
  const fault = findFault(message)
  if (fault) {
    const { status, ...error } = fault
    return createProtocolRejection(status, JSON.stringify({ id: findId(message), error }), exchange)
  }
  let failure: unknown
  const handler = createMcpHandler(() => createServer(exchange), {
    keepAliveMs: 0,
    onerror: (error) => (failure = error),
  })
  const response = await handler.fetch(createRequest(headers), { parsedBody: omitArguments(message) })
  const body = await response.text()
  const type = response.headers.get('content-type')
  if (response.status === 500) exchange.onInternalError(failure)
  if (response.status >= 400) return createProtocolRejection(response.status, body, exchange)
  if (type === 'text/event-stream' && !eventStreamPattern.test(headers.accept ?? ''))
    return { status: 200, headers: { 'content-type': 'application/json' }, body: getEventData(body) }
  return { status: response.status, headers: { ...(type !== null && { 'content-type': type }) }, body }
}

/** Returns the data of a response with one event. JSON can contain line separators of Unicode, which end no line of a stream. */
const getEventData = (body: string): string => /^data: ([^\n]*)/m.exec(body)![1]!

const findId = ({ id }: McpMessage): string | number | null =>
  typeof id === 'string' || typeof id === 'number' ? id : null

interface ProtocolFault {
  status: number
  code: number
  message: string
}

/** Finds what is wrong with a message for which the response of the library would differ from Parley's. */
function findFault(message: McpMessage): ProtocolFault | null {
  // The library would keep a stream open. The tools report no change.
  if (message['method'] === 'subscriptions/listen')
    return { status: 404, code: jsonRpcCodes.methodNotFound, message: 'Method not found' }
  const text = findWrongParameter(message)
  return text === null ? null : { status: 400, code: jsonRpcCodes.invalidParams, message: text }
}

/** Finds parameters for which the library would report an internal error, or the details of its own check. */
function findWrongParameter(message: McpMessage): string | null {
  const { method, params } = message
  const { name, cursor } = isObject(params) ? params : {}
  if (method === 'initialize' && !isInitializeRequest(message))
    return '"initialize" requires the parameters "protocolVersion", "capabilities", and "clientInfo".'
  if (method === 'tools/list' && cursor !== undefined && typeof cursor !== 'string') return '"cursor" must be a string.'
  if (method === 'tools/call' && typeof name !== 'string') return '"name" must be the name of a tool.'
  return null
}

function createServer({ tools, callTool, requestId, onInternalError }: Exchange): Server {
  const server = new Server(serverInfo, { capabilities: { tools: {} } })
  server.setRequestHandler('tools/list', () => ({ tools: tools.map(describeTool) }))
  server.setRequestHandler('tools/call', async () => {
    if (!callTool) {
      const data = { code: 'NOT_FOUND', retryable: false, requestId }
      throw new ProtocolError(jsonRpcCodes.invalidParams, 'The tool was not found. See "tools/list".', data)
    }
    try {
      const { content, ...result } = await callTool()
      return { content: [...content], ...result }
    } catch (error) {
      onInternalError(error)
      const data = { code: 'INTERNAL', retryable: false, requestId }
      throw new ProtocolError(jsonRpcCodes.internalError, 'An internal error occurred.', data)
    }
  })
  return server
}

function describeTool({ name, description, inputSchema, outputSchema, annotations }: Tool) {
  const described = { name, description, inputSchema, outputSchema, annotations }
  // The library has no types of JSON Schema.
  return described as unknown as ListToolsResult['tools'][number]
}

/** The library accepts requests of the Fetch API only. It gets no credentials. */
function createRequest(headers: IncomingHttpHeaders): Request {
  const request = new Request('http://localhost/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  })
  for (const name of protocolHeaders) {
    const value = headers[name]
    if (typeof value === 'string') request.headers.set(name, value)
  }
  return request
}

/** Parley checks the arguments itself, so that its errors name them. */
function omitArguments(message: McpMessage): McpMessage {
  const { method, params } = message
  if (method !== 'tools/call' || !isObject(params)) return message
  const { arguments: _, ...rest } = params
  return { ...message, params: rest }
}

function createProtocolRejection(
  status: number,
  text: string,
  { requestId }: Exchange,
): OutgoingResponse & { body: string } {
  const { id, error } = JSON.parse(text) as { id: unknown; error: { code: number; message: string; data?: object } }
  // The library uses a code of its own for HTTP errors.
  const code = error.code === -32_000 ? jsonRpcCodes.invalidRequest : error.code
  const ours = { code: status === 500 ? 'INTERNAL' : 'BAD_USER_INPUT', retryable: false, requestId }
  const body = { jsonrpc: '2.0', id, error: { code, message: error.message, data: { ...error.data, ...ours } } }
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
