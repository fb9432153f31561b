import { Problem } from '../core/errors.ts'

/** A request path in which every inserted value is exactly one segment. Created only by `path`. */
export type RequestPath = string & { readonly __path: unique symbol }

/**
 * Template tag for request paths: `` path`/users/${id}/meetings` ``. Every value becomes one encoded segment.
 *
 * @throws `INVALID_ID` for values that could change the path: empty strings, `.`, `..`, control characters, and invalid
 * Unicode.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): RequestPath {
  let built = literals[0]!
  for (let index = 0; index < values.length; index++) built += encodeSegment(values[index]!) + literals[index + 1]!
  return built as RequestPath
}

/** Segments that need no encoding and contain no dot. */
const plainSegment = /^[\w~-]+$/

function encodeSegment(value: string): string {
  if (plainSegment.test(value)) return value
  // `encodeURIComponent` does not encode `.` and `..`, and URL parsers resolve them, also as `%2e`.
  if (value === '' || /^(?:\.|%2e){1,2}$/i.test(value) || /\p{Cc}/u.test(value) || !value.isWellFormed())
    throw new Problem('INVALID_ID', 'The ID cannot be an ID of this vendor. Use an ID that Parley returned.')
  return encodeURIComponent(value)
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Target of a request: an origin, and a path with its query. */
export interface Target {
  readonly origin: string
  readonly path: string
}

/** A parsed base URL. Its path is a prefix of every request path. */
export class BaseUrl {
  readonly origin: string
  readonly #path: string

  constructor(url: string) {
    const { origin, pathname } = new URL(url)
    this.origin = origin
    this.#path = pathname.replace(/\/+$/, '')
  }

  /** Creates the target of a request. Omits null and undefined parameters. A string is a vendor's query and is unchanged. */
  createTarget(path: RequestPath, query: Query | string = {}): Target {
    return { origin: this.origin, path: this.#path + path + formatQuery(query) }
  }
}

/** Builds the URL of a request. See `BaseUrl.createTarget`. */
export function buildUrl(base: string, path: RequestPath, query: Query | string = {}): URL {
  return toUrl(new BaseUrl(base).createTarget(path, query))
}

export const toUrl = ({ origin, path }: Target): URL => new URL(origin + path)

/** Queries that a URL parser does not change. */
const plainQuery = /^[\w.~!$()*+,\-/:;=@%&]+$/

function formatQuery(query: Query | string): string {
  if (typeof query === 'string') {
    if (plainQuery.test(query)) return `?${query}`
    const url = new URL('https://vendor.invalid')
    url.search = query
    return url.search
  }
  let formatted = ''
  for (const name in query) {
    const value = query[name]
    if (value === null || value === undefined) continue
    formatted += `${formatted === '' ? '?' : '&'}${encode(name)}=${encode(String(value))}`
  }
  return formatted
}

/** Names and values that need no encoding in forms. */
const plainParameter = /^[\w.*-]*$/

const encode = (text: string): string =>
  plainParameter.test(text) ? text : new URLSearchParams({ '': text }).toString().slice(1)
