import { noEndpoint, noMeeting, type ZoomError } from './errors.ts'

/** Encodes the slashes of a UUID in a path, as Zoom does. Returns null if there are none, or if they must be encoded twice. */
export function encodeSlashes(path: string): string | null {
  const [, before = '', uuid = '', after = ''] =
    /^(\/v2\/(?:past_meetings|(?:report|metrics)\/meetings|meetings)\/)([^/].*?(?:==|%3D%3D))(.*)$/i.exec(path) ?? []
  return uuid.includes('/') && !uuid.includes('//') ? `${before}${uuid.replaceAll('/', '%2F')}${after}` : null
}

/** Creates the error for a path with a UUID that must be encoded twice and was not. */
export function createUnknownPathError(path: string): ZoomError {
  const plain = path.replace(/\/{2,}/g, '/')
  const ref = /^\/v2\/(?:past_meetings|(?:report|metrics)\/meetings|meetings)\/(.*==)/.exec(plain)?.[1]
  return ref ? noMeeting(ref) : noEndpoint()
}
