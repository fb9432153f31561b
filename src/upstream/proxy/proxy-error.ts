import { formatConnectError, isTlsCode } from '../connect-error.ts'

/** A proxy did not open a connection. The request was not sent. */
export class ProxyError extends Error {
  readonly isTimeout: boolean
  /** False if the proxy rejects every such connection until its configuration or that of Parley changes. */
  readonly isRetryable: boolean

  constructor(message: string, { isTimeout = false, isRetryable = true } = {}) {
    super(message)
    this.name = 'ProxyError'
    this.isTimeout = isTimeout
    this.isRetryable = isRetryable
  }
}

/** @param setting Where the proxy is configured. */
export function createTimeoutError(setting: string): ProxyError {
  return new ProxyError(`The proxy in "${setting}" did not open a connection in time.`, { isTimeout: true })
}

/** The proxy has opened a connection that ended before the TLS handshake. */
export function createClosedTunnelError(setting: string): ProxyError {
  return new ProxyError(`The proxy in "${setting}" opened a connection, which was closed before the TLS handshake.`)
}

/** @param code Of the failed connection to the proxy. */
export function createUnreachableError(setting: string, code: string): ProxyError {
  const reason = isTlsCode(code) ? 'its TLS certificate or handshake is not acceptable' : formatConnectError(code)
  return reason === null
    ? new ProxyError(`The proxy in "${setting}" did not return a valid response.`)
    : new ProxyError(`The proxy in "${setting}" cannot be reached: ${reason}.`)
}

/** @param status Of the proxy's response to `CONNECT`. */
export function createRejectionError(setting: string, status: number): ProxyError {
  if (status === 407)
    return new ProxyError(
      `The proxy in "${setting}" rejected the credentials with status 407. Set the user and the password in the proxy's URL.`,
      { isRetryable: false },
    )
  if (status < 500)
    return new ProxyError(
      `The proxy in "${setting}" rejected the connection with status ${status}. Allow the host in the proxy, or add it to "NO_PROXY".`,
      { isRetryable: false },
    )
  return new ProxyError(`The proxy in "${setting}" could not open the connection and returned status ${status}.`)
}
