/** Messages by pattern of the error code. The first matching pattern counts. */
const tlsMessages: readonly (readonly [code: RegExp, message: string])[] = [
  [
    /EXPIRED|NOT_YET_VALID/,
    "The vendor's TLS certificate has expired or is not valid yet. Renew the certificate on the vendor's server, and check this machine's clock.",
  ],
  [
    /ALTNAME|HOSTNAME/,
    "The vendor's TLS certificate is for another host name. Configure the account's URL with a host name from the certificate.",
  ],
  [/REVOKED/, "The vendor's TLS certificate was revoked. Renew the certificate on the vendor's server."],
  [
    /SELF_SIGNED|UNABLE_TO_|INVALID_CA|UNTRUSTED|ISSUER|CERT_CHAIN|CERT_SIGNATURE/,
    'The vendor\'s TLS certificate is from an unknown authority. Set "ca" of the account, or NODE_EXTRA_CA_CERTS, to the PEM file of that authority.',
  ],
  [
    /EPROTO|ERR_SSL|ERR_TLS/,
    "The TLS handshake with the vendor failed: no common protocol version or cipher, or no TLS on this port. Check the scheme and port of the account's URL, and the vendor's TLS settings.",
  ],
]

const defaultTlsMessage = "TLS to the vendor failed. Check the vendor's TLS certificate and settings."

/** Returns the message for a TLS error code of Node.js or OpenSSL. */
export const formatTlsError = (code: string): string =>
  tlsMessages.find(([pattern]) => pattern.test(code))?.[1] ?? defaultTlsMessage

const tlsCodes = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/

/** Whether the error code of a failed connection is a TLS error. */
export const isTlsCode = (code: string): boolean => tlsCodes.test(code)

const reasons: readonly (readonly [code: RegExp, reason: string])[] = [
  [/^(ENOTFOUND|EAI_)/, 'its host name was not found (DNS)'],
  [/^ECONNREFUSED$/, 'the connection was refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN)$/, 'there is no route to its host'],
  [/^ETIMEDOUT$/, 'the connection timed out'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the connection was closed'],
]

/** Returns why a connection failed, as a clause without the address. Null if the code is unknown. */
export const formatConnectError = (code: string): string | null =>
  reasons.find(([pattern]) => pattern.test(code))?.[1] ?? null
