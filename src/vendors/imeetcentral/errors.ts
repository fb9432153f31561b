import { z } from 'zod'
import type { Dialect, Verdict } from '../../upstream/client.ts'
import { verdictOfStatus } from '../../upstream/verdict.ts'
import { toObject } from '../kit/lenient.ts'

/** Things sent together are answered one by one, each with a status of its own. */
const Responses = z.object({ responses: z.array(z.unknown()) })
const Response = z.object({ status: z.coerce.number(), body: z.unknown().optional() })
/** Items that are looked at: Parley sends few together. */
const maxResponses = 100
/** Characters of an item's body that are looked at. */
const maxWordsLength = 10_000

const inputs: readonly (readonly [field: RegExp, path: readonly string[]])[] = [
  [/\bworkspaceName\b/i, ['input', 'title']],
  [/\bdescription\b/i, ['input', 'description']],
  [/\bcustomFields\b/i, ['input', 'vendorOptions', 'customFields']],
  [/\bworkspaceType\b/i, ['input', 'vendorOptions', 'workspaceType']],
]

/** Errors of the edge API: a status with words as plain text or JSON, or a failed item inside a success. */
export const dialect: Dialect = {
  verdict({ status, body }) {
    if (status >= 400) return verdictWith(verdictOfStatus(status), body)
    // A schema that fails costs more than the rest of a small read.
    if (toObject<'responses'>(body)?.responses === undefined) return null
    const failed = Responses.safeParse(body)
      .data?.responses.slice(0, maxResponses)
      .map((response) => Response.safeParse(response).data)
      .find((response) => response && response.status >= 400)
    if (!failed) return null
    const verdict = verdictOfStatus(failed.status)
    // An item's 401 says nothing of the token, with which the request itself was accepted.
    const words = wordsOf(failed.body)?.slice(0, maxWordsLength)
    const own = verdict?.code === 'TOKEN_DEAD' ? { code: 'VENDOR_FORBIDDEN' as const } : verdict
    return verdictWith(own && { ...own, vendorStatus: failed.status }, words)
  },
}

function verdictWith(verdict: Verdict | null, body: unknown): Verdict | null {
  if (!verdict) return null
  const vendorMessage = wordsOf(body)
  const all = JSON.stringify(body ?? null)
  const path = verdict.code === 'VENDOR_REJECTED' ? inputs.find(([field]) => field.test(all))?.[1] : undefined
  return { ...verdict, ...(vendorMessage ? { vendorMessage } : {}), ...(path ? { path } : {}) }
}

/** The first words that a body has, whatever holds them: nobody says what errors look like. */
function wordsOf(body: unknown): string | undefined {
  if (typeof body === 'string') return /<\w+/.test(body) ? undefined : body.trim()
  if (typeof body !== 'object' || body === null) return undefined
  if (Array.isArray(body)) return wordsOf(body[0])
  const { error_description, message, error, errors } = body as Record<string, unknown>
  return wordsOf(error_description ?? message ?? error ?? errors)
}
