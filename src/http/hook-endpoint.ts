import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { optionalShare, type ByteBudget, type Reservation } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { HttpLimits } from './limits.ts'
import { assertContentLength, readRequestBody, sendContinue } from './request/body.ts'
import { HttpError } from './response/http-error.ts'
import { createTextResponse, type Log, type OutgoingResponse } from './response/outgoing-response.ts'
import type { PendingResponse } from './response/response-sender.ts'
import { getRoute } from './request/target.ts'

/** Response to a webhook. */
export interface HookReply {
  status: 200 | 204 | 400 | 401 | 503
  /** Value for the log and the metric. */
  result: string
  /** Body of a response with the status 200, sent as JSON. */
  body?: object
  /** Age of a webhook that is too old, in milliseconds. */
  ageMs?: number
}

/** Verifies, reads, and records a webhook. @param body Bytes as they were received. */
export type ReceiveHook = (headers: IncomingHttpHeaders, body: Buffer) => Promise<HookReply>

export interface HookOptions {
  /** Returns null if no account with this key receives webhooks. */
  findReceiver(account: string): ReceiveHook | null
  /** Called for each request for an account that receives webhooks. */
  onReceived?(account: string, result: string): void
}

/** A request for an account that receives webhooks. */
interface Hook {
  account: string
  receive: ReceiveHook
}

/** Caller of the memory of all webhooks. No other caller has a space in its name. */
const memoryCaller = 'POST /hooks'
/** Memory that every webhook reserves. */
const hookBytes = 8 * 1024
/** Memory for each byte of JSON: the buffer, the string, and the values. */
const memoryPerByte = 4

const texts: Readonly<Record<Exclude<HookReply['status'], 200 | 204>, string>> = {
  400: 'The webhook cannot be read.',
  401: 'The signature is missing, invalid, or too old.',
  503: 'The event cannot be recorded. Send the webhook again later.',
}

/** Objects that the endpoint shares with the rest of the server. */
interface HookEndpointParts {
  limits: HttpLimits
  budget: ByteBudget
  log: Log
  /** Called when a request has a valid signature. */
  onAuthenticated(request: IncomingMessage): void
}

/** Handles requests to `/hooks/{accountKey}`. They have no credentials but their signature. */
export class HookEndpoint {
  readonly #options: HookOptions
  readonly #parts: HookEndpointParts

  constructor(options: HookOptions, parts: HookEndpointParts) {
    this.#options = options
    this.#parts = parts
  }

  /** Returns null if the path is not that of an account that receives webhooks. */
  find(request: IncomingMessage, basePath: string): Hook | null {
    // Nearly all requests are for other paths.
    if (request.url?.includes('/hooks/') !== true) return null
    const [, account] = /^\/hooks\/([\w-]{1,40})$/.exec(getRoute(request, basePath)) ?? []
    if (account === undefined) return null
    const receive = this.#options.findReceiver(account)
    return receive && { account, receive }
  }

  /** @throws `HttpError` or `Problem` if the request is rejected. */
  async handle({ account, receive }: Hook, pending: PendingResponse): Promise<OutgoingResponse> {
    const { request, labels } = pending
    const { budget, log, onAuthenticated } = this.#parts
    if (request.method !== 'POST') return createMethodResponse()
    const started = performance.now()
    const memory = budget.reserve(memoryCaller, optionalShare)
    try {
      const reply = await receive(request.headers, await this.#readBody(pending, memory))
      const { status, result, ageMs } = reply
      if (status !== 401) onAuthenticated(request)
      this.#options.onReceived?.(account, result)
      const fields = { ...labels, account, result, status, duration: Math.round(performance.now() - started) }
      if (ageMs === undefined) log.info(fields, 'webhook received')
      else log.warn({ ...fields, age: Math.round(ageMs / 1000) }, 'webhook received too late')
      return toResponse(reply)
    } catch (error) {
      this.#options.onReceived?.(account, 'rejected')
      throw error
    } finally {
      memory.release()
    }
  }

  #readBody({ request, response }: PendingResponse, memory: Reservation): Promise<Buffer> {
    const { requestBytes, socketProgressBytes, socketProgressTime, hookBodyTime } = this.#parts.limits
    assertContentLength(request, requestBytes)
    holdMemory(memory, hookBytes)
    sendContinue(request, response)
    const pace = { bytes: socketProgressBytes, intervalMs: socketProgressTime }
    return readRequestBody(request, pace, {
      maxBytes: requestBytes,
      timeoutMs: hookBodyTime,
      onSize: (size) => holdMemory(memory, hookBytes + memoryPerByte * size),
    })
  }
}

function toResponse({ status, body }: HookReply): OutgoingResponse {
  if (status === 204) return { status }
  if (status !== 200) return createTextResponse(status, texts[status])
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}

function createMethodResponse(): OutgoingResponse {
  const response = createTextResponse(405, 'The HTTP method must be POST.')
  return { ...response, headers: { ...response.headers, allow: 'POST' } }
}

/** @throws `OVERLOADED`, because a vendor sends a webhook again after the status 503, but not after 429. */
function holdMemory(memory: Reservation, bytes: number): void {
  if (memory.resize(bytes)) return
  throw new HttpError(new Problem('OVERLOADED', 'The server has no memory left for this request. Retry later.'))
}
