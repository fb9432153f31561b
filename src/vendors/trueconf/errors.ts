import { z } from 'zod'
import type { ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { cutText, toObject } from '../kit/lenient.ts'
import { inputByField, inputByNewField } from './fields.ts'

/** Maximum length of texts that are read. `Problem` keeps only 300 characters. */
const maxTextLength = 2_000
const shortText = cutText(maxTextLength)
const Reason = z.object({ reason: shortText, message: shortText, location: shortText })
const Envelope = z.object({
  error: z.object({
    code: z.coerce.number().catch(0),
    message: shortText,
    errors: z.array(z.unknown()).catch([]),
  }),
})

/** Input paths by the vendor's field. `id` is missing, because conferences and invitations have it. */
const inputPathByField: ReadonlyMap<string, readonly string[]> = new Map([
  ...inputByField,
  ...inputByNewField,
  ['participant_id', ['invitee', 'user']],
  ['display_name', ['invitee', 'displayName']],
  ['image', ['file']],
])

/** Parses errors of the form `{error: {code, message, errors: [{reason, message, location}]}}`. */
export const errorParser: ErrorParser = {
  parseError({ status, body }) {
    // A failing zod schema would take longer than the rest of a small read.
    if (toObject(toObject<'error'>(body)?.error) === null) return null
    const error = Envelope.safeParse(body).data?.error
    if (!error) return null
    const first = Reason.safeParse(error.errors[0]).data
    const classified = classifyError(status < 400 ? error.code : status, first?.reason)
    const vendorMessage = first?.message ?? error.message
    const input = inputPathByField.get(first?.location?.split(/[.[]/)[0] ?? '')
    return {
      ...classified,
      ...(status < 400 && error.code >= 400 && error.code < 600 ? { vendorStatus: error.code } : {}),
      ...(first?.reason ? { vendorCode: first.reason } : {}),
      ...(vendorMessage ? { vendorMessage } : {}),
      ...(input ? { path: ['input', ...input] } : {}),
    }
  },
}

/** Message if the server does not serve the configured version of its API. */
export const unsupportedMethodMessage =
  'The server does not support this method in its API version. Check "apiVersion".'

function classifyError(status: number, reason: string | null | undefined): VendorError {
  if (status === 403 && reason === 'accessTokenInvalid') return { code: 'TOKEN_REJECTED' }
  if (status === 403 && reason === 'forbidden')
    return {
      code: 'VENDOR_FORBIDDEN',
      message: 'The OAuth2 application lacks a scope for this request. Add it in the control panel of the server.',
      retryable: false,
    }
  if (status === 404 && reason === 'routeNotFound')
    return {
      code: 'VENDOR_BAD_RESPONSE',
      message: unsupportedMethodMessage,
      retryable: false,
    }
  return errorFromStatus(status) ?? { code: 'VENDOR_REJECTED' }
}
