import { Problem } from '../errors.ts'

/** A request path whose values are each exactly one segment; made by `path` only. */
export type Path = string & { readonly __path: unique symbol }

/**
 * Template for request paths: `` path`/users/${id}/meetings` ``. Every value becomes one encoded segment.
 * Throws INVALID_ID for what could leave its segment or change the request: empty, `.`, `..`, control characters.
 */
export function path(literals: TemplateStringsArray, ...values: string[]): Path {
  let built = literals[0]!
  for (const [index, value] of values.entries()) built += segment(value) + literals[index + 1]!
  return built as Path
}

function segment(value: string): string {
  // `encodeURIComponent` leaves `.` and `..` alone, and every URL parser resolves them, also as %2e.
  if (value === '' || /^(?:\.|%2e){1,2}$/i.test(value) || /\p{Cc}/u.test(value) || !value.isWellFormed())
    throw new Problem('INVALID_ID', 'The id is not one that this vendor can have.')
  return encodeURIComponent(value)
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * `base` + `path` + query: parameters, of which null and undefined are left out, or a vendor's own query as it stands.
 * The origin and path of `base` are never changed.
 */
export function urlOf(base: string, path: Path, query: Query | string = {}): URL {
  const url = new URL(base.replace(/\/+$/, '') + path)
  if (typeof query === 'string') {
    url.search = query
    return url
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}
