import { UsageError } from '../exit.ts'

/** Returns the URL of the MCP endpoint of a server. `url` can be that of its API, of the endpoint, or of the server itself. */
export function toMcpUrl(url: string): string {
  const parsed = new URL(url)
  if (parsed.username !== '' || parsed.password !== '')
    throw new UsageError('The URL must not contain a user name or a password.')
  parsed.pathname = parsed.pathname.replace(/\/(graphql|mcp)?\/?$/, '') + '/mcp'
  return parsed.href
}
