import type { TrustedDocument } from '../http/document/trusted-list.ts'

/** A JSON Schema, in the part of draft 2020-12 that Parley uses. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly format?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}

/** The schema of an object, which the schemas of a tool must be. */
export interface ObjectSchema extends JsonSchema {
  readonly type: 'object'
}

/** Hints with which an MCP client decides whether it asks its user before a call. */
export interface ToolAnnotations {
  /** Whether the tool changes nothing. */
  readonly readOnlyHint: boolean
  /** Whether the tool changes or removes something that exists. */
  readonly destructiveHint: boolean
  readonly idempotentHint: true
  readonly openWorldHint: true
}

/** A tool for language models: a GraphQL document with one named operation. */
export interface Tool {
  /** Name of the operation. */
  readonly name: string
  /** Description before the operation. */
  readonly description: string
  /** Scope that a caller needs. */
  readonly scope: 'read' | 'write'
  /** Schema of the arguments, which are the variables of the operation. */
  readonly inputSchema: ObjectSchema
  /** Schema of `data` in the response. */
  readonly outputSchema: ObjectSchema
  readonly annotations: ToolAnnotations
  readonly document: TrustedDocument
}

/** The result of a call. Its members are those of the protocol. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly structuredContent?: Readonly<Record<string, unknown>>
  readonly isError?: true
}
