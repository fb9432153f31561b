import type { ClientMessage } from './client-message.ts'
import { isRecord } from './client-message.ts'

/** Key of `_meta` with the protocol version of a request, since 2026-07-28. */
const versionKey = 'io.modelcontextprotocol/protocolVersion'

/** Parameter whose value the header `Mcp-Name` repeats. */
const nameParameters: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
])

/**
 * Returns the headers that Streamable HTTP requires for a request.
 *
 * @param negotiatedVersion Protocol version of the `initialize` response. It applies to requests that do not name a
 *   version, as those of 2025 and before.
 */
export function createProtocolHeaders(
  { method = '', params }: ClientMessage,
  negotiatedVersion: string | undefined,
): Record<string, string> {
  const meta = params['_meta']
  const version = isRecord(meta) ? meta[versionKey] : undefined
  if (typeof version !== 'string')
    return negotiatedVersion === undefined || method === 'initialize'
      ? {}
      : { 'mcp-protocol-version': encodeHeaderValue(negotiatedVersion) }
  const name = params[nameParameters.get(method) ?? '']
  return {
    'mcp-protocol-version': encodeHeaderValue(version),
    'mcp-method': encodeHeaderValue(method),
    ...(typeof name === 'string' && { 'mcp-name': encodeHeaderValue(name) }),
  }
}

/** Encodes what a header cannot contain in Base64, as MCP defines it: `=?base64?…?=`. */
function encodeHeaderValue(value: string): string {
  const isPlain = /^[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value)
  return isPlain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`
}
