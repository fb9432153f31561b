import { formatConnectError, isTlsCode } from '../connect-error.ts'

/** Thrown if a proxy does not open a connection. The request was not sent. */
export class ProxyError extends Error {
  readonly isTimeout: boolean
  /** False if the proxy rejects every such connection until its configuration or Parley's configuration changes. */
  readonly isRetryable: boolean

  constructor(message: string, { isTimeout = false, isRetryable = true } = {}) {
    super(message)
    this.name = 'ProxyError'
    this.isTimeout = isTimeout
    this.isRetryable = isRetryable
  }
}

/** @param setting Name of the setting or environment variable with the proxy. */
export function createTimeoutError(setting: string): ProxyError {
  return new ProxyError(`The proxy in "${setting}" did not open a connection in time.`, { isTimeout: true })
}

/** Creates the error for a connection that was closed before the TLS handshake. */
export function createClosedTunnelError(setting: string): ProxyError {
  return new ProxyError(`The proxy in "${setting}" opened a connection that was closed before the TLS handshake.`)
}

/** @param code Error code of the failed connection to the proxy. */
export function createUnreachableError(setting: string, code: string): ProxyError {
  const reason = isTlsCode(code) ? 'its TLS certificate or handshake was rejected' : formatConnectError(code)
  return reason === null
    ? new ProxyError(`The proxy in "${setting}" did not return a valid response.`)
    : new ProxyError(`The proxy in "${setting}" cannot be reached: ${reason}.`)
}

/** @param status Status of the proxy's response to `CONNECT`. */
export function createRejectionError(setting: string, status: number): ProxyError {
  if (status === 407)
    return new ProxyError(
      `The proxy in "${setting}" rejected the credentials with status 407. Set the user name and password in the proxy's URL.`,
      { isRetryable: false },
    )
  if (status < 500)
    return new ProxyError(
      `The proxy in "${setting}" rejected the connection with status ${status}. Allow the host in the proxy, or add it to "NO_PROXY".`,
      { isRetryable: false },
    )
  return new ProxyError(`The proxy in "${setting}" could not open the connection and returned status ${status}.`)
}
