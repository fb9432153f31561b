import type { Context } from 'hono'

/**
 * Returns the origin that the HTTP client used, for links to this sandbox. A proxy that terminates TLS reports the scheme in
 * `X-Forwarded-Proto`.
 */
export function getOrigin(c: Context): string {
  const url = new URL(c.req.url)
  const scheme = c.req.header('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase()
  return `${scheme === 'https' || scheme === 'http' ? `${scheme}:` : url.protocol}//${url.host}`
}
