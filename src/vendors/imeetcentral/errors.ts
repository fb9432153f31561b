import { z } from 'zod'
import type { ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { toObject } from '../kit/lenient.ts'

/** Response of a batch request: every item has a status of its own. */
const Responses = z.object({ responses: z.array(z.unknown()) })
const Response = z.object({ status: z.coerce.number(), body: z.unknown().optional() })
/** Maximum number of items that are checked. Parley sends few at once. */
const maxResponses = 100
/** Maximum number of characters of an item's message that are used. */
const maxBodyLength = 10_000

const inputPathByField: readonly (readonly [field: RegExp, path: readonly string[]])[] = [
  [/\bworkspaceName\b/i, ['input', 'title']],
  [/\bdescription\b/i, ['input', 'description']],
  [/\bcustomFields\b/i, ['input', 'vendorOptions', 'customFields']],
  [/\bworkspaceType\b/i, ['input', 'vendorOptions', 'workspaceType']],
]

/** Parses errors of the edge API: an error status with text or JSON, or a failed item in a successful response. */
export const errorParser: ErrorParser = {
  parseError({ status, body }) {
    if (status >= 400) return withVendorMessage(errorFromStatus(status), body)
    // A failing zod schema would take longer than the rest of a small read.
    if (toObject<'responses'>(body)?.responses === undefined) return null
    const failed = Responses.safeParse(body)
      .data?.responses.slice(0, maxResponses)
      .map((response) => Response.safeParse(response).data)
      .find((response) => response && response.status >= 400)
    if (!failed) return null
    const error = errorFromStatus(failed.status)
    const message = getVendorMessage(failed.body)?.slice(0, maxBodyLength)
    // An item's 401 does not mean a rejected token: the vendor accepted the token of the request.
    const itemError = error?.code === 'TOKEN_REJECTED' ? { code: 'VENDOR_FORBIDDEN' as const } : error
    return withVendorMessage(itemError && { ...itemError, vendorStatus: failed.status }, message)
  },
}

function withVendorMessage(error: VendorError | null, body: unknown): VendorError | null {
  if (!error) return null
  const vendorMessage = getVendorMessage(body)
  const text = JSON.stringify(body ?? null)
  const path = error.code === 'VENDOR_REJECTED' ? inputPathByField.find(([field]) => field.test(text))?.[1] : undefined
  return { ...error, ...(vendorMessage ? { vendorMessage } : {}), ...(path ? { path } : {}) }
}

/** Finds the first message in a body of any form. The vendor does not document its errors. */
function getVendorMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return /<\w+/.test(body) ? undefined : body.trim()
  if (typeof body !== 'object' || body === null) return undefined
  if (Array.isArray(body)) return getVendorMessage(body[0])
  const { error_description, message, error, errors } = body as Record<string, unknown>
  return getVendorMessage(error_description ?? message ?? error ?? errors)
}
