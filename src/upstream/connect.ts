import type { Socket } from 'node:net'
import type { buildConnector as undici } from 'undici'
import type { FindProxy, ProxyServer } from './proxy/find-proxy.ts'
import { createClosedTunnelError, createTimeoutError } from './proxy/proxy-error.ts'
import { openTunnel } from './proxy/tunnel.ts'
import { isTlsCode } from './connect-error.ts'
import { ConnectTimeoutError, getErrorCode, isLocalFailure } from './failure.ts'
import { buildConnector } from './undici.ts'

export interface ConnectOptions {
  /** Timeout for name lookup, connection, proxy, and TLS handshake together, in milliseconds. */
  connectTimeout: number
  /** Maximum size of a response's headers, in bytes. */
  maxHeaderSize: number
  /** Certificate authorities to trust instead of the public ones, in PEM format. */
  ca?: string | undefined
  /** Default: no proxy. */
  findProxy?: FindProxy | undefined
}

/** A connection that is being opened. */
export interface PendingConnection {
  /** Cancels the connection. The callback gets the error, if one is passed. */
  destroy(error?: Error): void
}

export type Connect = (options: undici.Options, callback: undici.Callback) => PendingConnection

type Connector = (options: undici.Options & { httpSocket?: Socket }, callback: undici.Callback) => PendingConnection

/** Creates a function that opens connections for undici, through a proxy if one is configured for the origin. */
export function createConnect({ connectTimeout, maxHeaderSize, ca, findProxy }: ConnectOptions): Connect {
  const createConnector = buildConnector({ timeout: 0, allowH2: false, ...(ca === undefined ? {} : { ca }) })
  const connect = createConnector as unknown as Connector
  return (options, callback) => {
    const proxy = findProxy?.(`${options.protocol}//${options.host}`) ?? null
    const open: Connector = proxy === null ? connect : connectThrough(proxy, connect, maxHeaderSize)
    const pending = open(options, (...result) => {
      clearTimeout(timer)
      callback(...result)
    })
    const timer = setTimeout(() => pending.destroy(new ConnectTimeoutError('connect timeout')), connectTimeout)
    return {
      destroy: (error) => {
        clearTimeout(timer)
        pending.destroy(error)
      },
    }
  }
}

/** A connection that is closed before the TLS handshake is an error of the proxy. A TLS error is one of the vendor. */
function toTunnelError(error: Error, { setting }: ProxyServer): Error {
  if (error instanceof ConnectTimeoutError) return createTimeoutError(setting)
  const code = getErrorCode(error)
  return isTlsCode(code) || isLocalFailure(code) ? error : createClosedTunnelError(setting)
}

function connectThrough(proxy: ProxyServer, connect: Connector, maxHeaderSize: number): Connector {
  return (options, callback) => {
    const { protocol, hostname } = options
    const isTls = protocol === 'https:'
    const port = Number(options.port || (isTls ? 443 : 80))
    let pending: PendingConnection = openTunnel({ proxy, hostname, port, maxHeaderSize }, (error, socket) => {
      if (error) return callback(error, null)
      if (!isTls) return callback(null, (pending = socket))
      pending = connect({ ...options, httpSocket: socket }, (...[failure, secured]) => {
        if (failure) callback(toTunnelError(failure, proxy), null)
        else callback(null, secured)
      })
    })
    return { destroy: (error) => pending.destroy(error) }
  }
}
