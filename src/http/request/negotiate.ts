import { MIMEType } from 'node:util'
import Negotiator from 'negotiator'
import { Problem } from '../../core/errors.ts'
import { eventStreamType, HttpError, type MediaType } from '../response/http-error.ts'
import { cacheByText } from '../../core/cache-by-text.ts'

/** The media types of JSON responses. The first type is used if the header prefers none. */
const jsonTypes: readonly MediaType[] = ['application/json', 'application/graphql-response+json']
const types: readonly MediaType[] = [...jsonTypes, eventStreamType]
/** Some clients write "utf8". */
const createVariants = (names: readonly MediaType[]): ReadonlyMap<string, MediaType> =>
  new Map(['utf-8', 'utf8'].flatMap((charset) => names.map((name) => [`${name};charset=${charset}`, name])))
const jsonVariants = createVariants(jsonTypes)
const eventStreamVariants = createVariants([eventStreamType])
const allVariants = createVariants(types)

/**
 * Maximum number of media types that are read in an Accept header. Browsers send 8. The parsers take milliseconds for
 * thousands.
 */
const maxAcceptedTypes = 50
/** More white space in a row than any client sends. Node's parser takes quadratic time for it. */
const longBlank = /[\t\n\r ]{50}/

/**
 * Returns the media type of the response to a query or mutation that an Accept header prefers, by quality and then by the
 * more specific range. Default: `application/json`. The type is an event stream only if the header names it or all types
 * of text, because clients with other ranges expect JSON.
 *
 * @throws `UNSUPPORTED_MEDIA_TYPE` with status 406 if the header accepts none of the types.
 */
export function negotiateMediaType(accept: string | undefined): MediaType {
  return chooseType(accept ?? '')
}

/** Headers have the same text in nearly all requests of a client. */
const headerCache = { maxEntries: 100, maxLength: 256 }

const chooseType = cacheByText((accept: string): MediaType => {
  const type = findType(accept, /text\/(\*|event-stream)/i.test(accept) ? allVariants : jsonVariants)
  if (type !== undefined) return type
  throw createNotAcceptable(`The Accept header must allow ${types.join(' or ')}, in UTF-8.`)
}, headerCache)

/** Returns undefined if an Accept header allows none of the variants. */
function findType(accept: string, variants: ReadonlyMap<string, MediaType>): MediaType | undefined {
  return variants.get(createNegotiator(accept || '*/*').mediaType([...variants.keys()]) ?? '')
}

/** @throws `UNSUPPORTED_MEDIA_TYPE` with status 406 if an Accept header does not allow an event stream. */
export function assertEventStream(accept: string | undefined): void {
  if (!allowsEventStream(accept ?? ''))
    throw createNotAcceptable(`The Accept header of a subscription must allow ${eventStreamType}, in UTF-8.`)
}

const allowsEventStream = cacheByText(
  (accept: string): boolean => findType(accept, eventStreamVariants) !== undefined,
  headerCache,
)

function createNotAcceptable(text: string): HttpError {
  return new HttpError(new Problem('UNSUPPORTED_MEDIA_TYPE', text), { status: 406 })
}

/** Whether an Accept header prefers HTML, as that of a browser that opens a link does. */
export function prefersHtml(accept: string | undefined): boolean {
  return accept !== undefined && createNegotiator(accept).mediaType()?.toLowerCase() === 'text/html'
}

/** Parses an Accept header. Ignores parameters other than the quality and the charset. */
function createNegotiator(accept: string): Negotiator {
  const ranges = accept.split(',', maxAcceptedTypes).map((range) => {
    const [type, ...parameters] = range.split(';')
    return [type, ...parameters.filter((parameter) => /^\s*(q|charset)\s*=/i.test(parameter))].join(';')
  })
  return new Negotiator({ headers: { accept: ranges.join(',') } })
}

/**
 * Returns the declared type of a request body.
 *
 * @throws `UNSUPPORTED_MEDIA_TYPE` if it is not JSON or multipart in UTF-8, or if it is compressed.
 */
export function parseBodyType(
  contentType: string | undefined,
  contentEncoding: string | undefined,
): 'json' | 'multipart' {
  const type = parseContentType(contentType ?? '')
  if (contentEncoding && contentEncoding.toLowerCase() !== 'identity') {
    throw createUnsupportedMediaType('A request body cannot have a Content-Encoding. Send it uncompressed.')
  }
  return type
}

const parseContentType = cacheByText((contentType: string): 'json' | 'multipart' => {
  const mime = parseMime(contentType)
  const isSupported = mime?.essence === 'application/json' || mime?.essence === 'multipart/form-data'
  if (!mime || !isSupported)
    throw createUnsupportedMediaType('The Content-Type must be application/json, or multipart/form-data for uploads.')
  if (!isUtf8(mime.params.get('charset') ?? 'utf-8'))
    throw createUnsupportedMediaType('The charset of a request body must be UTF-8.')
  return mime.essence === 'application/json' ? 'json' : 'multipart'
}, headerCache)

export function isJsonType(contentType: string): boolean {
  return parseMime(contentType)?.essence === 'application/json'
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset)
}

function parseMime(text: string): MIMEType | null {
  if (longBlank.test(text)) return null
  try {
    return new MIMEType(text)
  } catch {
    return null
  }
}

export function createUnsupportedMediaType(text: string): HttpError {
  return new HttpError(new Problem('UNSUPPORTED_MEDIA_TYPE', text))
}
