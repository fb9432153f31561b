import type { Context } from 'hono'

/**
 * The origin that the caller used, so that links lead back here. A proxy that ends TLS names the scheme in
 * `X-Forwarded-Proto`.
 */
export function getOrigin(c: Context): string {
  const url = new URL(c.req.url)
  const scheme = c.req.header('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase()
  return `${scheme === 'https' || scheme === 'http' ? `${scheme}:` : url.protocol}//${url.host}`
}
