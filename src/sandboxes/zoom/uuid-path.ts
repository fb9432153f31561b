import { noEndpoint, noMeeting, type ZoomError } from './errors.ts'

/** The path with a UUID's bare slashes encoded, as Zoom reads it; null if there are none, or those need two encodings. */
export function encodeSlashes(path: string): string | null {
  const [, before = '', uuid = '', after = ''] =
    /^(\/v2\/(?:past_meetings|(?:report|metrics)\/meetings|meetings)\/)([^/].*?(?:==|%3D%3D))(.*)$/i.exec(path) ?? []
  return uuid.includes('/') && !uuid.includes('//') ? `${before}${uuid.replaceAll('/', '%2F')}${after}` : null
}

/** A UUID that begins with a slash, or has two of them in a row, falls apart on the way: the rest names no meeting. */
export function unknownPath(path: string): ZoomError {
  const plain = path.replace(/\/{2,}/g, '/')
  const ref = /^\/v2\/(?:past_meetings|(?:report|metrics)\/meetings|meetings)\/(.*==)/.exec(plain)?.[1]
  return ref ? noMeeting(ref) : noEndpoint()
}
