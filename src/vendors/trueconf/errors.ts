import { z } from 'zod'
import type { ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { cutText, toObject } from '../kit/lenient.ts'
import { inputByField, inputByNewField } from './fields.ts'

/** More than anyone gets to see of it. */
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

/** Our inputs by the vendor's name for them. A conference's and an invitation's `id` are told apart where they are sent. */
const inputPathByField: ReadonlyMap<string, readonly string[]> = new Map([
  ...inputByField,
  ...inputByNewField,
  ['participant_id', ['invitee', 'user']],
  ['display_name', ['invitee', 'displayName']],
  ['image', ['file']],
])

/** The API's one error envelope, `{error: {code, message, errors: [{reason, message, location}]}}`. */
export const errorParser: ErrorParser = {
  parseError({ status, body }) {
    // A schema that fails costs more than the rest of a small read.
    if (toObject(toObject<'error'>(body)?.error) === null) return null
    const error = Envelope.safeParse(body).data?.error
    if (!error) return null
    const first = Reason.safeParse(error.errors[0]).data
    const verdict = classifyError(status < 400 ? error.code : status, first?.reason)
    const vendorMessage = first?.message ?? error.message
    const input = inputPathByField.get(first?.location?.split(/[.[]/)[0] ?? '')
    return {
      ...verdict,
      ...(status < 400 && error.code >= 400 && error.code < 600 ? { vendorStatus: error.code } : {}),
      ...(first?.reason ? { vendorCode: first.reason } : {}),
      ...(vendorMessage ? { vendorMessage } : {}),
      ...(input ? { path: ['input', ...input] } : {}),
    }
  },
}

export const unsupportedMethodMessage = 'The server has no such method in this version of its API; check apiVersion.'

function classifyError(status: number, reason: string | null | undefined): VendorError {
  if (status === 403 && reason === 'accessTokenInvalid') return { code: 'TOKEN_REJECTED' }
  if (status === 403 && reason === 'forbidden')
    return {
      code: 'VENDOR_FORBIDDEN',
      message: 'A scope is missing: give the OAuth2 application the permission for this in the control panel.',
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
