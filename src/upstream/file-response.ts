import { Problem } from '../core/errors.ts'
import type { FileRequest, FileResponse } from './file.ts'
import type { StreamedResponse } from './streamed-attempt.ts'

/**
 * Returns the response to a request for a file. Null if its status is that of an error.
 *
 * @throws `VENDOR_BAD_RESPONSE` if the response is not the requested part of the file.
 */
export function parseFileResponse(
  { status, headers, body }: StreamedResponse,
  request: FileRequest,
): FileResponse | null {
  if (status !== 200 && status !== 206 && status !== 416) return null
  const reject = (message: string): never => {
    body.destroy()
    throw createBadFileProblem(message, status)
  }
  const { 'content-encoding': coding = 'identity', etag = null } = headers
  if (isWebPage(headers['content-type']) && status !== 416)
    reject('The vendor returned a web page instead of the file. It can require a passcode.')
  if (coding.toLowerCase() !== 'identity' && status !== 416)
    reject('The vendor compressed the file, although Parley did not request it.')
  const common = {
    acceptsRanges: status === 206 || headers['accept-ranges']?.toLowerCase() === 'bytes',
    etag: etag !== null && /^[\x21-\x7e]{1,256}$/.test(etag) ? etag : null,
  }
  if (status === 200)
    return { ...common, status, contentLength: parseLength(headers['content-length']), contentRange: null, body }
  if (request.range === null) reject('The vendor returned a part of the file instead of the whole file.')
  const contentRange = headers['content-range']?.trim() ?? ''
  if (status === 416) {
    body.destroy()
    const isKnown = /^bytes \*\/\d{1,15}$/.test(contentRange)
    return { ...common, status, contentLength: null, contentRange: isKnown ? contentRange : null, body: null }
  }
  const length = measureRange(contentRange, request.range!)
  const declared = parseLength(headers['content-length'])
  if (length === null || (declared !== null && request.method === 'GET' && declared !== length))
    reject('The vendor returned another part of the file than the requested one.')
  return { ...common, status, contentLength: length, contentRange, body }
}

/** @param vendorStatus Status of the vendor's response, if one has arrived. */
export const createBadFileProblem = (message: string, vendorStatus: number | null = null): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', message, { vendorStatus })

const isWebPage = (type = ''): boolean => /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type)

const parseLength = (text = ''): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null)

/** Returns the number of bytes of a `Content-Range`. Null if it does not begin where the requested range does. */
function measureRange(contentRange: string, range: string): number | null {
  const [, first, last, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(contentRange) ?? []
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  const [start, end] = [Number(first), Number(last)]
  if (first === undefined || end < start || (size !== '*' && end >= Number(size))) return null
  const isRequested = from === '' ? size === '*' || end === Number(size) - 1 : start === Number(from)
  return isRequested && (from === '' || to === '' || end <= Number(to)) ? end - start + 1 : null
}
