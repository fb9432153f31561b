import { createUnexpectedResponseError } from './errors.ts'
import type { GraphqlResponseError } from './errors.ts'

export interface RawResponse {
  status: number
  text: string
}

export interface GraphqlResponse {
  data: Record<string, unknown> | null
  errors: readonly GraphqlResponseError[]
  /** Omitted if the response has none. */
  extensions?: Record<string, unknown>
}

/** @throws ParleyError if the response is not a GraphQL response. */
export function parseGraphqlResponse({ status, text }: RawResponse, isMutation: boolean): GraphqlResponse {
  let response: Partial<GraphqlResponse> | null = null
  try {
    response = JSON.parse(text) as Partial<GraphqlResponse> | null
  } catch {
    // The check below rejects the response.
  }
  if (typeof response !== 'object' || response === null || !(response.data || Array.isArray(response.errors)))
    throw createUnexpectedResponseError(status, isMutation)
  const { data = null, errors = [], extensions } = response
  return { data, errors, ...(extensions && { extensions }) }
}
