import { z } from 'zod'
import type { VendorResponse, ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { createInputs } from './fields.ts'
import { cutText, number, toNumber, toObject } from '../kit/lenient.ts'

/** Limits of what is read of an error. `Problem` keeps only 300 characters. */
const maxErrors = 20
const maxMessageLength = 2_000
const maxFieldLength = 200

/** Error body `{code, message, errors?}`. One Zoom code can have several meanings. */
const ErrorBody = z.object({
  code: number.refine((code) => code !== null),
  message: cutText(maxMessageLength),
  errors: z
    .array(z.unknown())
    .transform((errors) => errors.slice(0, maxErrors))
    .pipe(z.array(z.object({ field: cutText(maxFieldLength), message: cutText(maxMessageLength) })))
    .nullish()
    .catch(null),
})
type ErrorBody = z.infer<typeof ErrorBody>

const toInputPath = (path: readonly string[]): readonly string[] => ['input', ...path]

/** Input paths by the field in Zoom's error. */
const inputPathByField: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...createInputs.fields].map(([field, path]) => [field, toInputPath(path)] as const),
  ...[...createInputs.settings].map(([field, path]) => [`settings.${field}`, toInputPath(path)] as const),
  ['settings', ['input', 'vendorOptions', 'settings']],
  ['email', ['input', 'invitee', 'user']],
  ['first_name', ['input', 'invitee', 'displayName']],
  ['attendees', ['input', 'invitee', 'displayName']],
  ['ttl', ['input', 'ttlSeconds']],
])

/** Zoom codes for missing objects. 1010 means a user of another account. */
const notFoundCodes = new Set([1001, 1010, 1120, 3001])
const missingScopeCodes = new Set([4700, 4711])
/** Zoom code for a file that is empty, too large, or of an unsupported type. */
const invalidFileCode = 120

/** Parses Zoom's errors: an error status with a Zoom code, or only the code in a successful response. */
export const errorParser: ErrorParser = {
  parseError(response) {
    // A failing zod schema would take longer than the rest of a small read.
    if (response.status < 400 && toNumber(toObject<'code'>(response.body)?.code) === null) return null
    const error = ErrorBody.safeParse(response.body).data
    if (!error || (response.status < 400 && !isErrorBody(error, response.body))) return null
    return { ...classifyError(error, response), ...getVendorMessage(error) }
  },
}

/** Whether a 2xx body is an error: it contains only a message and a code other than 0. */
function isErrorBody({ code, message }: ErrorBody, body: unknown): boolean {
  const others = Object.keys(body as object).filter((key) => !['code', 'message', 'errors'].includes(key))
  return code !== 0 && message !== null && others.length === 0
}

function classifyError({ code, message, errors }: ErrorBody, { status }: VendorResponse): VendorError {
  if (missingScopeCodes.has(code!))
    return {
      code: 'VENDOR_FORBIDDEN',
      message: `The Zoom app lacks a scope for this request. Add one in the Zoom App Marketplace${formatMissingScopes(message)}.`,
      retryable: false,
    }
  if (status === 401 || code === 124) return { code: 'TOKEN_REJECTED' }
  if (code === 200 && /api key or secret/i.test(message ?? ''))
    return {
      code: 'VENDOR_AUTH_FAILED',
      message: 'The vendor rejected the configured credentials. Check them in the configuration.',
      retryable: false,
    }
  if (code === 200 && /right permissions/i.test(message ?? ''))
    return {
      code: 'VENDOR_FORBIDDEN',
      message:
        "The role of the Zoom app's owner lacks a permission for this request. Add it in the role management of the Zoom account.",
      retryable: false,
    }
  if (status === 429 || code === 429 || code === 4001)
    return { code: 'VENDOR_RATE_LIMITED', ...parseResumeTime(message) }
  if (notFoundCodes.has(code!)) return { code: 'NOT_FOUND' }
  const statusError =
    status < 400 ? errorFromStatus(code! >= 400 && code! < 500 ? code! : 400) : errorFromStatus(status)
  const readField = errors?.[0]?.field
  const path = code === invalidFileCode ? ['input', 'file'] : readField ? findInputPath(readField) : undefined
  return { ...statusError!, ...(path ? { path } : {}) }
}

const formatMissingScopes = (message: string | null): string => {
  const scopes = /\[([\w:, ]+)\]/.exec(message ?? '')?.[1]
  return scopes ? `: ${scopes}` : ''
}

/** Parses the end of a daily limit of a user or registrant, which Zoom reports only in the message. */
function parseResumeTime(message: string | null): { retryAt?: number } {
  if (!/resume .* GMT 00:00:00/i.test(message ?? '')) return {}
  return { retryAt: new Date().setUTCHours(24, 0, 0, 0) }
}

/** Finds the input path by the longest known prefix of the field. */
function findInputPath(field: string): readonly string[] | undefined {
  const steps = field.replace(/\[\d+\]/g, '').split('.')
  for (let length = steps.length; length > 0; length--) {
    const path = inputPathByField.get(steps.slice(0, length).join('.'))
    if (path) return path
  }
  return undefined
}

function getVendorMessage({ code, message, errors }: ErrorBody): Pick<VendorError, 'vendorCode' | 'vendorMessage'> {
  const fields = (errors ?? []).map(({ field, message }) => `${field ?? ''}: ${message ?? ''}`)
  const text = [message, ...fields].filter(Boolean).join(' ')
  return { vendorCode: String(code), ...(text ? { vendorMessage: text } : {}) }
}
