import type { Callers } from '../auth/callers.ts'
import type { Configuration } from '../config/configuration.ts'
import type { EndpointOptions } from '../http/endpoint.ts'
import type { OperationEndpointParts, ToolEndpoint } from '../http/operation-endpoint.ts'
import { McpEndpoint } from '../mcp/mcp-endpoint.ts'
import type { OpenTools } from './open-tools.ts'

interface OpenMcpOptions extends EndpointOptions {
  callers: Callers
  tools: OpenTools
  /** Returns the configuration in use. */
  getConfiguration(): Configuration
}

/** Returns a function that creates the endpoint for the tools of language models. */
export function openMcp({
  callers,
  tools,
  getConfiguration,
  ...options
}: OpenMcpOptions): (parts: OperationEndpointParts) => ToolEndpoint {
  return (parts) =>
    new McpEndpoint(
      {
        ...options,
        authenticate: callers.authenticateForTools,
        getTools: () => tools.tools,
        getSettings: () => getConfiguration().mcp,
        getIssuers: () => getConfiguration().jwt?.map(({ issuer }) => issuer) ?? [],
      },
      parts,
    )
}
