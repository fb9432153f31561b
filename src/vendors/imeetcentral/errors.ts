import { z } from 'zod'
import type { ErrorParser, VendorError } from '../../upstream/vendor-client.ts'
import { errorFromStatus } from '../../upstream/vendor-error.ts'
import { toObject } from '../kit/lenient.ts'

/** Things sent together are answered one by one, each with a status of its own. */
const Responses = z.object({ responses: z.array(z.unknown()) })
const Response = z.object({ status: z.coerce.number(), body: z.unknown().optional() })
/** Items that are looked at: Parley sends few together. */
const maxResponses = 100
/** Characters of an item's body that are looked at. */
const maxBodyLength = 10_000

const inputPathByField: readonly (readonly [field: RegExp, path: readonly string[]])[] = [
  [/\bworkspaceName\b/i, ['input', 'title']],
  [/\bdescription\b/i, ['input', 'description']],
  [/\bcustomFields\b/i, ['input', 'vendorOptions', 'customFields']],
  [/\bworkspaceType\b/i, ['input', 'vendorOptions', 'workspaceType']],
]

/** Errors of the edge API: a status with words as plain text or JSON, or a failed item inside a success. */
export const errorParser: ErrorParser = {
  parseError({ status, body }) {
    if (status >= 400) return withVendorMessage(errorFromStatus(status), body)
    // A schema that fails costs more than the rest of a small read.
    if (toObject<'responses'>(body)?.responses === undefined) return null
    const failed = Responses.safeParse(body)
      .data?.responses.slice(0, maxResponses)
      .map((response) => Response.safeParse(response).data)
      .find((response) => response && response.status >= 400)
    if (!failed) return null
    const verdict = errorFromStatus(failed.status)
    // An item's 401 says nothing of the token, with which the request itself was accepted.
    const words = getVendorMessage(failed.body)?.slice(0, maxBodyLength)
    const own = verdict?.code === 'TOKEN_REJECTED' ? { code: 'VENDOR_FORBIDDEN' as const } : verdict
    return withVendorMessage(own && { ...own, vendorStatus: failed.status }, words)
  },
}

function withVendorMessage(verdict: VendorError | null, body: unknown): VendorError | null {
  if (!verdict) return null
  const vendorMessage = getVendorMessage(body)
  const all = JSON.stringify(body ?? null)
  const path = verdict.code === 'VENDOR_REJECTED' ? inputPathByField.find(([field]) => field.test(all))?.[1] : undefined
  return { ...verdict, ...(vendorMessage ? { vendorMessage } : {}), ...(path ? { path } : {}) }
}

/** The first words that a body has, whatever holds them: nobody says what errors look like. */
function getVendorMessage(body: unknown): string | undefined {
  if (typeof body === 'string') return /<\w+/.test(body) ? undefined : body.trim()
  if (typeof body !== 'object' || body === null) return undefined
  if (Array.isArray(body)) return getVendorMessage(body[0])
  const { error_description, message, error, errors } = body as Record<string, unknown>
  return getVendorMessage(error_description ?? message ?? error ?? errors)
}
