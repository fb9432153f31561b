import { z } from 'zod'
import type { VendorResponse, ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { createInputs } from './fields.ts'
import { cutText, number, toNumber, toObject } from '../kit/lenient.ts'

/** What is read of an error: more than anyone gets to see of it. */
const maxErrors = 20
const maxMessageLength = 2_000
const maxFieldLength = 200

/** `{code, message, errors?}`: `code` is Zoom's own, and one code has many meanings. */
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

/** The input that a field of an error comes from. */
const inputPathByField: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...createInputs.fields].map(([field, path]) => [field, toInputPath(path)] as const),
  ...[...createInputs.settings].map(([field, path]) => [`settings.${field}`, toInputPath(path)] as const),
  ['settings', ['input', 'vendorOptions', 'settings']],
  ['email', ['input', 'invitee', 'user']],
  ['first_name', ['input', 'invitee', 'displayName']],
  ['attendees', ['input', 'invitee', 'displayName']],
  ['ttl', ['input', 'ttlSeconds']],
])

/** 1010: a user of another account. */
const notFoundCodes = new Set([1001, 1010, 1120, 3001])
const missingScopeCodes = new Set([4700, 4711])
/** Empty, too large, or of another type. */
const invalidFileCode = 120

/** Zoom's errors: a status with a code of its own, or the code alone inside a success. */
export const errorParser: ErrorParser = {
  parseError(answer) {
    // A schema that fails costs more than the rest of a small read.
    if (answer.status < 400 && toNumber(toObject<'code'>(answer.body)?.code) === null) return null
    const fault = ErrorBody.safeParse(answer.body).data
    if (!fault || (answer.status < 400 && !isErrorBody(fault, answer.body))) return null
    return { ...classifyError(fault, answer), ...getVendorMessage(fault) }
  },
}

/** A success that holds nothing but a code other than 0 and its message is none. */
function isErrorBody({ code, message }: ErrorBody, body: unknown): boolean {
  const others = Object.keys(body as object).filter((key) => !['code', 'message', 'errors'].includes(key))
  return code !== 0 && message !== null && others.length === 0
}

function classifyError({ code, message, errors }: ErrorBody, { status }: VendorResponse): VendorError {
  if (missingScopeCodes.has(code!))
    return {
      code: 'VENDOR_FORBIDDEN',
      message: `The Zoom app lacks a scope for this; add one to it in the Marketplace${formatMissingScopes(message)}.`,
      retryable: false,
    }
  if (status === 401 || code === 124) return { code: 'TOKEN_REJECTED' }
  if (code === 200 && /api key or secret/i.test(message ?? ''))
    return { code: 'VENDOR_AUTH_FAILED', message: 'Zoom does not take these credentials.', retryable: false }
  if (status === 429 || code === 429 || code === 4001)
    return { code: 'VENDOR_RATE_LIMITED', ...parseResumeTime(message) }
  if (notFoundCodes.has(code!)) return { code: 'NOT_FOUND' }
  const known = status < 400 ? errorFromStatus(code! >= 400 && code! < 500 ? code! : 400) : errorFromStatus(status)
  const readField = errors?.[0]?.field
  const path = code === invalidFileCode ? ['input', 'file'] : readField ? findInputPath(readField) : undefined
  return { ...known!, ...(path ? { path } : {}) }
}

const formatMissingScopes = (message: string | null): string => {
  const scopes = /\[([\w:, ]+)\]/.exec(message ?? '')?.[1]
  return scopes ? `: ${scopes}` : ''
}

/** The limits for one user or registrant tell in words when they end. */
function parseResumeTime(message: string | null): { retryAt?: number } {
  if (!/resume .* GMT 00:00:00/i.test(message ?? '')) return {}
  return { retryAt: new Date().setUTCHours(24, 0, 0, 0) }
}

/** By the longest name that the field begins with. */
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
  const words = [message, ...fields].filter(Boolean).join(' ')
  return { vendorCode: String(code), ...(words ? { vendorMessage: words } : {}) }
}
