import type { FileResponse } from '../../upstream/file.ts'
import { formatContentDisposition } from '../../vendors/kit/content-disposition.ts'

/**
 * Returns the headers of the response to a download. Pages of any origin can play the file if they have the link, and no
 * browser shows it as a page of this server.
 */
export function createDownloadHeaders(
  { status, contentLength, contentRange, acceptsRanges, etag }: FileResponse,
  fileName: string,
  contentType: string,
): Record<string, string> {
  return {
    'content-type': contentType,
    'content-disposition': formatContentDisposition('attachment', fileName),
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    // nginx would store the file on its disk, as fast as the vendor sends it.
    'x-accel-buffering': 'no',
    ...(contentLength !== null && { 'content-length': `${contentLength}` }),
    ...(status === 416 && { 'content-length': '0' }),
    ...(contentRange !== null && { 'content-range': contentRange }),
    ...(acceptsRanges && { 'accept-ranges': 'bytes' }),
    ...(etag !== null && { etag }),
  }
}
