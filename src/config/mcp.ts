import { z } from 'zod'
import { isLoopback } from '../core/host.ts'
import type { McpSettings } from '../mcp/mcp-settings.ts'
import { resolveDocumentPath } from './trusted-documents.ts'

const url = z.string().refine((text) => {
  const parsed = URL.parse(text)
  if (parsed === null || parsed.href !== text || parsed.username || parsed.password) return false
  const isLocal = isLoopback(parsed.hostname.replace(/^\[|\]$/g, ''))
  const isSecure = parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal)
  return isSecure && !/[?#]|\/$/.test(text)
}, 'must be a URL such as https://meetings.example.com/mcp ("http://" only for this machine), without a user, query, fragment, or slash at the end. Write the host in lower case.')

/** Schema of `mcp`. The paths are those of the configuration. */
export const mcpSetting = z.strictObject({
  url: url.optional(),
  builtin: z.boolean().default(true),
  tools: z.array(z.string().min(1, 'must not be empty. Set the path of a file or folder.')).default([]),
})

/** Returns the settings with absolute paths. */
export function resolveMcpSettings(
  { url, builtin, tools }: z.infer<typeof mcpSetting>,
  directory: string,
): McpSettings {
  return { url: url ?? null, builtin, tools: tools.map((path) => resolveDocumentPath(path, directory)) }
}
