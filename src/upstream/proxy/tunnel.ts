import type { ClientRequest } from 'node:http'
import https from 'node:https'
import { isIPv6, type Socket } from 'node:net'
import { http } from '../../core/node-http.ts'
import { ConnectTimeoutError, getErrorCode, isLocalFailure } from '../failure.ts'
import type { ProxyServer } from './find-proxy.ts'
import { createRejectionError, createTimeoutError, createUnreachableError } from './proxy-error.ts'

export interface TunnelOptions {
  proxy: ProxyServer
  /** Host that the proxy connects to. An IPv6 address has no brackets. */
  hostname: string
  port: number
  /** Maximum size of the headers of the proxy's response, in bytes. */
  maxHeaderSize: number
}

export type TunnelCallback = (...result: [error: null, socket: Socket] | [error: Error, socket: null]) => void

/**
 * Opens a connection through a proxy (`CONNECT`).
 *
 * @returns The request to the proxy. If it is destroyed before the callback, the callback gets an error.
 */
export function openTunnel(options: TunnelOptions, callback: TunnelCallback): ClientRequest {
  const { setting } = options.proxy
  const tunnel = createConnectRequest(options)
  tunnel.once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
    // Without a listener, an error of the socket would end the process before the next owner adds one.
    socket.on('error', () => {})
    if (statusCode < 200 || statusCode >= 300) {
      socket.destroy()
      return callback(createRejectionError(setting, statusCode), null)
    }
    if (head.length > 0) socket.unshift(head)
    callback(null, socket)
  })
  tunnel.once('error', (error) => callback(toProxyError(error, setting), null))
  // A request can report a second error while it is being destroyed.
  tunnel.on('error', () => {})
  return tunnel.end()
}

function createConnectRequest({ proxy, hostname, port, maxHeaderSize }: TunnelOptions): ClientRequest {
  const { url, authorization } = proxy
  const isTls = url.protocol === 'https:'
  const target = `${isIPv6(hostname) ? `[${hostname}]` : hostname}:${port}`
  return (isTls ? https : http).request({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port || (isTls ? 443 : 80),
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(authorization !== null && { 'proxy-authorization': authorization }) },
    agent: false,
    maxHeaderSize,
  })
}

function toProxyError(error: Error, setting: string): Error {
  if (error instanceof ConnectTimeoutError) return createTimeoutError(setting)
  const code = getErrorCode(error)
  return isLocalFailure(code) ? error : createUnreachableError(setting, code)
}
