import { Problem } from '../core/errors.ts'

/** A request path whose values are each exactly one segment; made by `path` only. */
export type RequestPath = string & { readonly __path: unique symbol }

/**
 * Template for request paths: `` path`/users/${id}/meetings` ``. Every value becomes one encoded segment.
 * Throws INVALID_ID for what could leave its segment or change the request: empty, `.`, `..`, control characters.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): RequestPath {
  let built = literals[0]!
  for (let index = 0; index < values.length; index++) built += encodeSegment(values[index]!) + literals[index + 1]!
  return built as RequestPath
}

/** Segments that are sent as they are: nothing to encode, and no dot that could be one of `.` and `..`. */
const plainSegment = /^[\w~-]+$/

function encodeSegment(value: string): string {
  if (plainSegment.test(value)) return value
  // `encodeURIComponent` leaves `.` and `..` alone, and every URL parser resolves them, also as %2e.
  if (value === '' || /^(?:\.|%2e){1,2}$/i.test(value) || /\p{Cc}/u.test(value) || !value.isWellFormed())
    throw new Problem('INVALID_ID', 'The id is not one that this vendor can have.')
  return encodeURIComponent(value)
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Where a request goes: an origin, and the path there with its query. */
export interface Target {
  readonly origin: string
  readonly path: string
}

/** A configured base address, parsed once. Its origin and path begin every request under it. */
export class BaseUrl {
  readonly origin: string
  readonly #path: string

  constructor(address: string) {
    const { origin, pathname } = new URL(address)
    this.origin = origin
    this.#path = pathname.replace(/\/+$/, '')
  }

  /** Returns a request's target: null and undefined parameters are left out, a vendor's own query stands as it is. */
  createTarget(path: RequestPath, query: Query | string = {}): Target {
    return { origin: this.origin, path: this.#path + path + formatQuery(query) }
  }
}

/** The same as a URL. */
export function buildUrl(base: string, path: RequestPath, query: Query | string = {}): URL {
  return toUrl(new BaseUrl(base).createTarget(path, query))
}

export const toUrl = ({ origin, path }: Target): URL => new URL(origin + path)

/** Queries that a URL parser leaves as they are. */
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

/** Names and values that forms encode as they are. */
const plainParameter = /^[\w.*-]*$/

const encode = (text: string): string =>
  plainParameter.test(text) ? text : new URLSearchParams({ '': text }).toString().slice(1)
