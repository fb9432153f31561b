import type { GraphqlResponseError } from '../client/errors.ts'

/** Formats an error as one line, such as `VENDOR_TIMEOUT at users: … (request 1f0c…)`. */
export function formatErrorLine({ message, path, extensions }: GraphqlResponseError): string {
  const location = path ? ` at ${path.join('.')}` : ''
  const request = extensions?.requestId === undefined ? '' : ` (request ${extensions.requestId})`
  return `${extensions?.code ?? 'ERROR'}${location}: ${message}${request}`
}
