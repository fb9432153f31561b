import type { DocumentPath } from '../documents/document-settings.ts'

/** Settings of the tools for language models. */
export interface McpSettings {
  /** URL under which clients reach the endpoint. It is also the audience of JWTs for it. Null if it is not configured. */
  url: string | null
  /** Whether the endpoint has the built-in tools. */
  builtin: boolean
  /** Files and folders of the operator's own tools. */
  tools: readonly DocumentPath[]
}
