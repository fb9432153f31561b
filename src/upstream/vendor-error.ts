import type { Code } from '../core/error-codes.ts'
import { Problem, type DeliveryStatus } from '../core/errors.ts'
import type { VendorResponse, VendorError } from './vendor-client.ts'

const codeByStatus: Readonly<Record<number, Code | 'TOKEN_REJECTED'>> = {
  401: 'TOKEN_REJECTED',
  403: 'VENDOR_FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'VENDOR_UNAVAILABLE',
  409: 'VENDOR_CONFLICT',
  429: 'VENDOR_RATE_LIMITED',
}

/** Returns the error for a response whose body reports none. Null for a 2xx status. */
export function errorFromStatus(status: number): VendorError | null {
  if (status < 300) return null
  if (status < 400)
    return { code: 'VENDOR_BAD_RESPONSE', message: 'The vendor returned a redirect, which Parley does not follow.' }
  if (status >= 500) return { code: 'VENDOR_UNAVAILABLE' }
  return { code: codeByStatus[status] ?? 'VENDOR_REJECTED' }
}

const messageByCode: Partial<Record<Code | 'TOKEN_REJECTED', string>> = {
  TOKEN_REJECTED: "The vendor rejected the access token. Check the account's credentials.",
  VENDOR_FORBIDDEN:
    "The vendor does not allow this request with the account's credentials. Grant the permission at the vendor.",
  NOT_FOUND: 'The object was not found at the vendor, or the account does not have access to it.',
  VENDOR_CONFLICT: 'The request conflicts with the current state of the object at the vendor. Fetch the object again.',
  VENDOR_RATE_LIMITED: 'The vendor\'s rate limit was exceeded. Retry after the time in "retryAt".',
  VENDOR_UNAVAILABLE: 'The vendor could not process the request. Retry later.',
  VENDOR_REJECTED: 'The vendor rejected the request. See "vendorMessage" for its reason.',
}

/** A problem for an error response of a vendor. */
export class VendorResponseError extends Problem {
  /** Whether the vendor no longer accepts the access token. */
  readonly isTokenRejected: boolean
  /** `Date` header of the response. */
  readonly date: string | undefined

  constructor(error: VendorError, response: VendorResponse, redact: (text: string) => string) {
    const isTokenRejected = error.code === 'TOKEN_REJECTED'
    super(
      error.code === 'TOKEN_REJECTED' ? 'VENDOR_AUTH_FAILED' : error.code,
      redact(error.message ?? messageByCode[error.code] ?? messageByCode.VENDOR_REJECTED!),
      {
        delivery: getDeliveryStatus(response.status),
        vendorStatus: error.vendorStatus ?? response.status,
        ...(error.retryable === undefined ? {} : { retryable: error.retryable }),
        ...(error.retryAt === undefined ? {} : { retryAt: error.retryAt }),
        ...(error.path === undefined ? {} : { path: error.path }),
        ...(error.vendorCode === undefined ? {} : { vendorCode: redact(error.vendorCode) }),
        ...(error.vendorMessage === undefined ? {} : { vendorMessage: redact(error.vendorMessage) }),
      },
    )
    this.isTokenRejected = isTokenRejected
    this.date = response.headers['date']
  }
}

/** A 4xx status, or an error in a 2xx response, had no effect. A 408, 3xx, or 5xx status does not prove that. */
function getDeliveryStatus(status: number): DeliveryStatus {
  if (status === 408) return 'unknown'
  return status < 300 || (status >= 400 && status < 500) ? 'rejected' : 'unknown'
}
