import type { FormattedError } from '../http/response/format-error.ts'
import type { GraphQLResponse } from '../http/response/response-limit.ts'
import { createErrorResult, describeRetry, formatToolError } from './error-result.ts'
import {
  describeOperations,
  describePayloads,
  findPayloads,
  isWithoutEffect,
  type ToolPayload,
} from './tool-payloads.ts'
import type { Tool, ToolResult } from './tool.ts'

export interface ToolResultOptions {
  tool: Tool
  /** Response to the operation of the tool. */
  response: Pick<GraphQLResponse, 'data' | 'errors'>
  /** Maximum size of the data as JSON. */
  maxBytes: number
  requestId: string
}

/** Maximum number of texts about errors. Often, the same error occurs at every item of a page. */
const maxErrorTexts = 10
/** Maximum number of problems that a result keeps if it is too large. */
const maxKeptProblems = 10

/** A change of which nothing is known must not be made again. */
const keepKey = 'Do not call the tool again with another key.'

/** Creates the result of a call from the response to its operation. */
export function createToolResult(options: ToolResultOptions): ToolResult {
  const { tool, response, maxBytes, requestId } = options
  const { data = null, errors = [] } = response
  if (data === null || hasNoData(data, errors))
    return { content: toContent(describeErrors(errors, options)), isError: true }
  const payloads = tool.scope === 'write' ? findPayloads(data) : []
  const json = JSON.stringify(data)
  if (Buffer.byteLength(json) > maxBytes) return createLargeResult(payloads, options)
  const outcomes = tool.scope === 'write' ? describePayloads(payloads, requestId) : describeOperations(data, requestId)
  const texts = [...outcomes, ...describeErrors(errors, options)]
  return {
    content: toContent([...texts, json]),
    structuredContent: data,
    ...(payloads.some(isWithoutEffect) && { isError: true }),
  }
}

const toContent = (texts: readonly string[]): ToolResult['content'] =>
  texts.map((text) => ({ type: 'text' as const, text }))

/** Whether every field of the operation is null because of an error. */
function hasNoData(data: Readonly<Record<string, unknown>>, errors: readonly FormattedError[]): boolean {
  const failed = new Set(errors.map(({ path }) => path?.[0]))
  // A directive can leave out every field.
  if (failed.size === 0) return false
  return Object.entries(data).every(([name, value]) => value === null && failed.has(name))
}

function describeErrors(errors: readonly FormattedError[], { tool, requestId }: ToolResultOptions): string[] {
  const more = errors.length - maxErrorTexts
  return errors.slice(0, maxErrorTexts).map(({ message, path, extensions }, index) => {
    const retry = tool.scope === 'write' && !extensions.retryable ? keepKey : describeRetry(extensions)
    const rest = more > 0 && index === maxErrorTexts - 1 ? ` There are ${more} more errors.` : ''
    return formatToolError({ code: extensions.code, message, path, advice: retry + rest, requestId })
  })
}

/** The outcome of a change must not be lost, so the result keeps it without the data. */
function createLargeResult(payloads: readonly ToolPayload[], options: ToolResultOptions): ToolResult {
  const { tool, response, maxBytes, requestId } = options
  const code = 'OPERATION_TOO_EXPENSIVE'
  const limit = `The limit "toolResultBytes" is ${maxBytes} bytes.`
  if (payloads.length === 0)
    return createErrorResult({
      code,
      message: `The result is too large. ${limit}`,
      advice: describeLess(tool),
      requestId,
    })
  const kept = Object.fromEntries(payloads.map((payload) => [payload.name, keepOutcome(response.data![payload.name])]))
  const outcomes = payloads.map(({ name, outcome }) => `${name} is ${outcome}`).join(', ')
  const text = formatToolError({
    code,
    message: `The call was executed, but its result is too large. ${limit} The outcome of ${outcomes}.`,
    advice: payloads.every(isWithoutEffect) ? undefined : keepKey,
    requestId,
  })
  return {
    content: toContent([text, ...describePayloads(payloads, requestId), JSON.stringify(kept)]),
    structuredContent: kept,
    isError: true,
  }
}

function keepOutcome(payload: unknown): object {
  const { outcome, replayed, problems, operation } = payload as Readonly<Record<string, unknown>>
  return {
    outcome,
    replayed,
    problems: Array.isArray(problems) ? problems.slice(0, maxKeptProblems) : [],
    operation,
  }
}

function describeLess({ inputSchema }: Tool): string {
  const properties = Object.entries(inputSchema.properties ?? {})
  const ways = properties.flatMap(([name, { maximum, default: defaultValue }]) => {
    if (maximum !== undefined) return [`a smaller "${name}"`]
    return defaultValue === false ? [`no "${name}"`] : []
  })
  return ways.length > 0 ? `Request less: ${ways.join(', or ')}.` : 'Request less, or use another tool.'
}
