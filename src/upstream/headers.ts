import { http } from '../core/node-http.ts'
import { createInternalProblem } from '../core/errors.ts'
import { version } from '../core/version.ts'
import type { FileRequest } from './file.ts'

/** Alternating names and values: undici sends this form fastest. */
export type HeaderList = readonly string[]

/** Some vendors return errors as JSON if the result is text, and some send text with a content type of their own. */
const accepted = { json: 'application/json', text: 'text/plain, application/json;q=0.9, */*;q=0.1' } as const

/** Value of the header `User-Agent`. */
export const userAgent = `Parley/${version}`

const createBaseHeaders = (format: keyof typeof accepted): HeaderList => [
  'accept',
  accepted[format],
  'user-agent',
  userAgent,
]

/** Headers of every vendor request, by the format of its response. Without `accept`, Zoom returns errors in XML. */
export const baseHeaders = { json: createBaseHeaders('json'), text: createBaseHeaders('text') }

/** Returns the headers of a request for a file. The length and the ranges of a compressed file would not be those of the file. */
export const createFileHeaders = ({ range, ifRange }: FileRequest): HeaderList => [
  'accept',
  '*/*',
  'accept-encoding',
  'identity',
  'user-agent',
  userAgent,
  ...(range === null ? [] : ['range', range]),
  ...(range === null || ifRange === null ? [] : ['if-range', ifRange]),
]

/**
 * Returns the list with additional headers. A name that is already in the list gets the new value.
 *
 * @throws `INTERNAL` if HTTP does not allow a header. Inputs that could cause this are rejected earlier.
 */
export function addHeaders(list: HeaderList, additions: Readonly<Record<string, string>>): HeaderList {
  const merged: Record<string, string> = {}
  for (let index = 0; index < list.length; index += 2) merged[list[index]!] = list[index + 1]!
  Object.assign(merged, additions)
  try {
    for (const [name, value] of Object.entries(merged)) {
      http.validateHeaderName(name)
      http.validateHeaderValue(name, value)
    }
  } catch (cause) {
    throw createInternalProblem({ cause }, 'a vendor request has an invalid header and was not sent')
  }
  return Object.entries(merged).flat()
}
