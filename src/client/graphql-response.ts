import { createUnexpectedResponseError } from './errors.ts'
import type { AnsweredError } from './errors.ts'

export interface RawResponse {
  status: number
  text: string
}

export interface GraphqlResponse {
  data: Record<string, unknown> | null
  errors: readonly AnsweredError[]
}

/** Throws ParleyError for what is no GraphQL answer. */
export function parseGraphqlResponse({ status, text }: RawResponse, mutation: boolean): GraphqlResponse {
  let answer: Partial<GraphqlResponse> | null = null
  try {
    answer = JSON.parse(text) as Partial<GraphqlResponse> | null
  } catch {
    // Told below.
  }
  if (typeof answer !== 'object' || answer === null || !(answer.data || Array.isArray(answer.errors)))
    throw createUnexpectedResponseError(status, mutation)
  return { data: answer.data ?? null, errors: answer.errors ?? [] }
}
