import { MIMEType } from 'node:util'
import { Problem } from '../../core/errors.ts'
import { Refusal } from '../response/status.ts'
import { rememberTexts } from '../document/text-cache.ts'
import type { MediaType } from '../response/status.ts'

const given: readonly MediaType[] = ['application/json', 'application/graphql-response+json']

/** Media types of an Accept header that are read: Node takes 70 ms over 16 KiB of commas. */
const maxWishes = 50
/** More white space in a row than any client sends: Node's parser takes quadratic time over it. */
const longBlank = /[\t\n\r ]{50}/

interface Wish {
  type: string
  quality: number
}

/** The best media type that the Accept header allows; application/json where it leaves the choice to us. Refuses with 406. */
export function answerType(accept: string | undefined): MediaType {
  return chooseType(accept ?? '')
}

const chooseType = rememberTexts((accept: string): MediaType => {
  const wishes = wishesOf(accept)
  const refused = new Set(wishes.filter(({ quality }) => quality === 0).map(({ type }) => type))
  const possible = given.filter((type) => !refused.has(type))
  for (const { type, quality } of wishes) {
    if (quality === 0) continue
    const match = type === '*/*' || type === 'application/*' ? possible[0] : possible.find((known) => known === type)
    if (match) return match
  }
  const text = `Not acceptable: answers come as ${given.join(' or ')}, in UTF-8.`
  throw new Refusal(new Problem('UNSUPPORTED_MEDIA_TYPE', text), { status: 406 })
})

/** A browser on its way to the page, and not a script. */
export function wantsPage(accept: string | undefined): boolean {
  return accept !== undefined && wishesOf(accept)[0]?.type === 'text/html'
}

function wishesOf(accept: string | undefined): Wish[] {
  const wishes: Wish[] = []
  for (const part of (accept || '*/*').split(',', maxWishes)) {
    const mime = readMime(part.trim())
    const charset = mime?.params.get('charset') ?? 'utf-8'
    if (mime && isUtf8(charset)) wishes.push({ type: mime.essence, quality: Number(mime.params.get('q') ?? 1) })
  }
  return wishes.sort((one, other) => other.quality - one.quality)
}

/** What a request body claims to be; refuses what is not JSON or multipart in UTF-8. */
export function bodyType(contentType: string | undefined, contentEncoding: string | undefined): 'json' | 'multipart' {
  const type = readBodyType(contentType ?? '')
  if (contentEncoding && contentEncoding.toLowerCase() !== 'identity') {
    throw unsupported('A request body must come without a Content-Encoding.')
  }
  return type
}

const readBodyType = rememberTexts((contentType: string): 'json' | 'multipart' => {
  const mime = readMime(contentType)
  const known = mime?.essence === 'application/json' || mime?.essence === 'multipart/form-data'
  if (!mime || !known) throw unsupported('Send application/json, or multipart/form-data for uploads.')
  if (!isUtf8(mime.params.get('charset') ?? 'utf-8')) throw unsupported('Only UTF-8 is read.')
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

export function unsupported(text: string): Refusal {
  return new Refusal(new Problem('UNSUPPORTED_MEDIA_TYPE', text))
}
