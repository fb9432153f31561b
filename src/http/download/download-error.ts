import type { Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'
import { HttpError } from '../response/http-error.ts'

/** Errors that mean that the recording cannot be found. */
const missingCodes: ReadonlySet<Code> = new Set<Code>(['NOT_FOUND', 'INVALID_ID', 'UNSUPPORTED_BY_VENDOR'])
/** Errors after which the same request can succeed soon. */
const temporaryCodes: ReadonlySet<Code> = new Set<Code>(['VENDOR_UNAVAILABLE', 'VENDOR_TIMEOUT', 'VENDOR_RATE_LIMITED'])
const retryAfterSeconds = '5'

/** Converts an error of a download to the error of its response, which does not name the account. */
export function toDownloadError(error: unknown): unknown {
  if (!(error instanceof Problem)) return error
  const { code } = error
  if (missingCodes.has(code)) return createMissingFileError()
  if (code === 'DEADLINE_EXCEEDED')
    return toDownloadError(new Problem('VENDOR_TIMEOUT', 'The vendor did not respond in time. Retry later.'))
  const shown = new Problem(code, error.message, { retryable: error.retryable })
  const { headers } = new HttpError(error).head
  // A token endpoint that cannot be reached is an outage, too.
  if (temporaryCodes.has(code) || (code === 'VENDOR_AUTH_FAILED' && error.retryable))
    return new HttpError(shown, { status: 503, headers: { 'retry-after': retryAfterSeconds, ...headers } })
  return code.startsWith('VENDOR_') ? new HttpError(shown, { status: 502 }) : new HttpError(shown, { headers })
}

/** The text is the same for a link that was changed and for a file that was deleted. */
export const invalidLinkMessage =
  'The link is not valid, or the recording no longer exists. Request a new "downloadUrl".'

export function createMissingFileError(): HttpError {
  return new HttpError(new Problem('NOT_FOUND', invalidLinkMessage), { status: 404 })
}
