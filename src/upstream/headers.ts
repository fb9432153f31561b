import { http } from '../core/node-http.ts'
import { Problem } from '../core/errors.ts'
import { version } from '../core/version.ts'

/** Names and values in turn, as undici sends them fastest. */
export type HeaderList = readonly string[]

/** Some vendors also return errors as JSON where the result is text, and some know no content type but their own. */
const accepted = { json: 'application/json', text: 'text/plain, application/json;q=0.9, */*;q=0.1' } as const

const createBaseHeaders = (format: keyof typeof accepted): HeaderList => [
  'accept',
  accepted[format],
  'user-agent',
  `Parley/${version}`,
]

/** Headers of every request to a vendor, by the format of its result. Without `accept`, Zoom reports errors in XML. */
export const baseHeaders = { json: createBaseHeaders('json'), text: createBaseHeaders('text') }

/**
 * Returns the list with more headers; a name that it has already gets the new value.
 *
 * @throws INTERNAL for a header that cannot be sent: input that could make one is rejected where it comes in.
 */
export function addHeaders(list: HeaderList, more: Readonly<Record<string, string>>): HeaderList {
  const merged: Record<string, string> = {}
  for (let index = 0; index < list.length; index += 2) merged[list[index]!] = list[index + 1]!
  Object.assign(merged, more)
  try {
    for (const [name, value] of Object.entries(merged)) {
      http.validateHeaderName(name)
      http.validateHeaderValue(name, value)
    }
  } catch (cause) {
    throw new Problem('INTERNAL', 'A vendor call was not sent: HTTP does not allow one of its headers.', { cause })
  }
  return Object.entries(merged).flat()
}
