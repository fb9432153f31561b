import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ProxyTrust } from './guard/proxy-trust.ts'

/** Fields that identify a request in log lines. */
export interface RequestLabels {
  requestId: string
  /** Undefined if the client has closed the connection. */
  clientAddress: string | undefined
}

/**
 * Creates the labels of a request. The ID comes from the header `X-Request-Id` of a trusted proxy, if it is safe to
 * log. Otherwise it is new.
 */
export function createRequestLabels(request: IncomingMessage, trust: ProxyTrust): RequestLabels {
  const { 'x-request-id': id } = trust.getTrustedHeaders(request)
  const isSafe = typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id)
  return { requestId: isSafe ? id : randomUUID(), clientAddress: trust.findClientAddress(request) }
}
