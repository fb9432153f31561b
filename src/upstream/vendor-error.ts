import { Problem, type Code, type DeliveryStatus } from '../core/errors.ts'
import type { VendorResponse, VendorError } from './vendor-client.ts'

const codeByStatus: Readonly<Record<number, Code | 'TOKEN_REJECTED'>> = {
  401: 'TOKEN_REJECTED',
  403: 'VENDOR_FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'VENDOR_UNAVAILABLE',
  409: 'VENDOR_CONFLICT',
  429: 'VENDOR_RATE_LIMITED',
}

/** What a status says by itself, where the vendor's body says nothing; null for 2xx. */
export function errorFromStatus(status: number): VendorError | null {
  if (status < 300) return null
  if (status < 400)
    return { code: 'VENDOR_BAD_RESPONSE', message: 'The vendor points elsewhere, where it is not followed.' }
  if (status >= 500) return { code: 'VENDOR_UNAVAILABLE' }
  return { code: codeByStatus[status] ?? 'VENDOR_REJECTED' }
}

const messageByCode: Partial<Record<Code | 'TOKEN_REJECTED', string>> = {
  TOKEN_REJECTED: 'The vendor refuses the access token.',
  VENDOR_FORBIDDEN: 'The vendor forbids this to the configured credentials.',
  NOT_FOUND: 'The vendor has no such object.',
  VENDOR_CONFLICT: 'The vendor has something in the way of this.',
  VENDOR_RATE_LIMITED: "The vendor's rate limit is met.",
  VENDOR_UNAVAILABLE: 'The vendor answered with a failure of its own.',
  VENDOR_REJECTED: 'The vendor refused the request.',
}

/** A vendor's refusal as a Problem, with what the token cell wants to know of it. */
export class VendorResponseError extends Problem {
  readonly isTokenRejected: boolean
  /** The answer's `Date` header. */
  readonly date: string | undefined

  constructor(verdict: VendorError, answer: VendorResponse, redact: (text: string) => string) {
    const tokenDead = verdict.code === 'TOKEN_REJECTED'
    super(
      verdict.code === 'TOKEN_REJECTED' ? 'VENDOR_AUTH_FAILED' : verdict.code,
      redact(verdict.message ?? messageByCode[verdict.code] ?? 'The vendor refused the request.'),
      {
        delivery: getDeliveryStatus(answer.status),
        vendorStatus: verdict.vendorStatus ?? answer.status,
        ...(verdict.retryable === undefined ? {} : { retryable: verdict.retryable }),
        ...(verdict.retryAt === undefined ? {} : { retryAt: verdict.retryAt }),
        ...(verdict.path === undefined ? {} : { path: verdict.path }),
        ...(verdict.vendorCode === undefined ? {} : { vendorCode: redact(verdict.vendorCode) }),
        ...(verdict.vendorMessage === undefined ? {} : { vendorMessage: redact(verdict.vendorMessage) }),
      },
    )
    this.isTokenRejected = tokenDead
    this.date = answer.headers['date']
  }
}

/** A complete 4xx, or an error inside a 2xx, is a refusal; 408, 3xx and 5xx say nothing of what was done. */
function getDeliveryStatus(status: number): DeliveryStatus {
  if (status === 408) return 'unknown'
  return status < 300 || (status >= 400 && status < 500) ? 'rejected' : 'unknown'
}
