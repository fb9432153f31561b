import type { GraphqlResponseError } from '../client/errors.ts'

/** e.g. `VENDOR_TIMEOUT at users: … (request 1f0c…)` */
export function formatErrorLine({ message, path, extensions }: GraphqlResponseError): string {
  const place = path ? ` at ${path.join('.')}` : ''
  const request = extensions?.requestId === undefined ? '' : ` (request ${extensions.requestId})`
  return `${extensions?.code ?? 'ERROR'}${place}: ${message}${request}`
}
