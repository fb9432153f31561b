import { MIMEType } from 'node:util'
import Negotiator from 'negotiator'
import { Problem } from '../../core/errors.ts'
import { HttpError } from '../response/http-error.ts'
import { rememberTexts } from '../document/text-cache.ts'
import type { MediaType } from '../response/http-error.ts'

/** In the order that decides if the header prefers none. Some clients write "utf8". */
const types: readonly MediaType[] = ['application/json', 'application/graphql-response+json']
const typeByVariant = new Map(
  ['utf-8', 'utf8'].flatMap((name) => types.map((type) => [`${type};charset=${name}`, type])),
)

/** Media types of an Accept header that are read. Browsers send 8; the parsers take milliseconds for thousands. */
const maxAcceptedTypes = 50
/** More white space in a row than any client sends: Node's parser takes quadratic time over it. */
const longBlank = /[\t\n\r ]{50}/

/**
 * Returns the media type of the response that an Accept header prefers, by quality and then by the more specific range.
 * Default: `application/json`. @throws Refusal with 406 if the header accepts neither type.
 */
export function negotiateMediaType(accept: string | undefined): MediaType {
  return chooseType(accept ?? '')
}

const chooseType = rememberTexts((accept: string): MediaType => {
  const variant = readAccept(accept || '*/*').mediaType([...typeByVariant.keys()])
  const type = variant === undefined ? undefined : typeByVariant.get(variant)
  if (type !== undefined) return type
  const text = `Not acceptable: answers come as ${types.join(' or ')}, in UTF-8.`
  throw new HttpError(new Problem('UNSUPPORTED_MEDIA_TYPE', text), { status: 406 })
})

/** Returns whether an Accept header prefers an HTML page, as browsers that open a link do, and scripts do not. */
export function wantsPage(accept: string | undefined): boolean {
  return accept !== undefined && readAccept(accept).mediaType()?.toLowerCase() === 'text/html'
}

/** Parameters other than the quality and the charset do not make a type unacceptable. */
function readAccept(accept: string): Negotiator {
  const ranges = accept.split(',', maxAcceptedTypes).map((range) => {
    const [type, ...parameters] = range.split(';')
    return [type, ...parameters.filter((parameter) => /^\s*(q|charset)\s*=/i.test(parameter))].join(';')
  })
  return new Negotiator({ headers: { accept: ranges.join(',') } })
}

/** What a request body claims to be; refuses what is not JSON or multipart in UTF-8. */
export function parseBodyType(
  contentType: string | undefined,
  contentEncoding: string | undefined,
): 'json' | 'multipart' {
  const type = readBodyType(contentType ?? '')
  if (contentEncoding && contentEncoding.toLowerCase() !== 'identity') {
    throw createUnsupportedMediaType('A request body must come without a Content-Encoding.')
  }
  return type
}

const readBodyType = rememberTexts((contentType: string): 'json' | 'multipart' => {
  const mime = readMime(contentType)
  const known = mime?.essence === 'application/json' || mime?.essence === 'multipart/form-data'
  if (!mime || !known) throw createUnsupportedMediaType('Send application/json, or multipart/form-data for uploads.')
  if (!isUtf8(mime.params.get('charset') ?? 'utf-8')) throw createUnsupportedMediaType('Only UTF-8 is read.')
  return mime.essence === 'application/json' ? 'json' : 'multipart'
})

export function isJson(contentType: string): boolean {
  return readMime(contentType)?.essence === 'application/json'
}

function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset)
}

function readMime(text: string): MIMEType | null {
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
