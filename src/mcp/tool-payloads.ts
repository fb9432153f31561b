import type { Outcome } from '../operations/outcome.ts'
import { formatToolError } from './error-result.ts'
import { isObject } from '../http/request/request-json.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** The payload of a mutation in the data of a tool, which always selects these fields. */
export interface ToolPayload {
  /** Name of the field in the response. */
  name: string
  outcome: Outcome
  problems: readonly JsonObject[]
  /** Null if the mutation could not be recorded. */
  operationId: string | null
}

/** Finds the payloads in the data of a mutation. */
export function findPayloads(data: JsonObject): ToolPayload[] {
  return Object.entries(data).flatMap(([name, payload]) => {
    if (!isObject(payload) || typeof payload['outcome'] !== 'string') return []
    const { outcome, problems, operation } = payload
    return [
      {
        name,
        outcome: outcome as Outcome,
        problems: Array.isArray(problems) ? problems.filter(isObject) : [],
        operationId: isObject(operation) && typeof operation['id'] === 'string' ? operation['id'] : null,
      },
    ]
  })
}

/** Whether nothing was done, so that the call has failed. */
export const isWithoutEffect = ({ outcome }: ToolPayload): boolean => outcome === 'NOT_SENT' || outcome === 'REJECTED'

/** Describes what to do next after each mutation of a call. Nothing if all have succeeded. */
export function describePayloads(payloads: readonly ToolPayload[], requestId: string): string[] {
  if (payloads.every(({ outcome }) => outcome === 'SUCCEEDED')) return []
  return payloads.map((payload) => {
    const path = payloads.length > 1 ? [payload.name] : []
    return formatToolError({ ...describeOutcome(payload), path, requestId })
  })
}

/** Describes what to do next after a query for operations: to ask again for each whose outcome can still change. */
export function describeOperations(data: JsonObject, requestId: string): string[] {
  return Object.entries(data).flatMap(([name, value]) => {
    const outcome = isObject(value) ? value['outcome'] : null
    if (outcome !== 'PENDING' && outcome !== 'UNKNOWN') return []
    const message = 'It is not known yet whether the change was made.'
    const advice = 'Wait, and send the same call again. Do not make the change again with another key.'
    return [formatToolError({ code: outcome, message, path: [name], advice, requestId })]
  })
}

const askForOperation =
  'Call `get_operation` with the ID of the operation. Do not call the tool again with another key.'

function describeOutcome({ outcome, problems, operationId }: ToolPayload): {
  code: string
  message: string
  advice: string
} {
  const [problem = {}] = problems
  const code = typeof problem['code'] === 'string' ? problem['code'] : outcome
  const message = typeof problem['message'] === 'string' ? problem['message'] : 'The change was not made.'
  const askForIt = operationId === null ? askForOperation : `${askForOperation} ID of the operation: ${operationId}.`
  switch (outcome) {
    case 'SUCCEEDED':
      return { code: outcome, message: 'The change was made.', advice: 'A call with another key would make it again.' }
    case 'PENDING':
      return { code, message: 'The change is still in progress.', advice: askForIt }
    case 'UNKNOWN':
      return { code, message: 'The request was sent, but its result is not known.', advice: askForIt }
    case 'NOT_SENT':
      return {
        code,
        message,
        advice: `Nothing was done. The same call with the same key can be sent again.${describeTime(problem)}`,
      }
    case 'REJECTED':
      return {
        code,
        message,
        advice: `Nothing was done. See \`problems\`. After the fix, use a new key.${describeTime(problem)}`,
      }
  }
}

const describeTime = ({ retryAt }: JsonObject): string =>
  typeof retryAt === 'string' ? ` It can succeed after ${retryAt}.` : ''
