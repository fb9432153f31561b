import { parseGraphqlResponse } from '../client/graphql-response.ts'
import type { GraphqlResponse } from '../client/graphql-response.ts'
import { createConnectionError, ParleyError } from '../client/errors.ts'
import { postStream } from '../client/node/post-stream.ts'
import type { ServerTarget } from '../client/destination.ts'
import type { GraphqlVariables } from './variables.ts'

export interface GraphqlRequest {
  query: string
  variables: GraphqlVariables
  operationName?: string | undefined
}

export interface OperationTarget extends ServerTarget {
  /** Whether the server must read the vendors again. Default: false. */
  isFresh?: boolean
}

/** Sends one GraphQL request and returns its response, also if it has errors. @throws ParleyError if no GraphQL response arrives. */
export async function sendOperation(
  { isFresh = false, ...server }: OperationTarget,
  request: GraphqlRequest,
  isMutation: boolean,
): Promise<GraphqlResponse> {
  const body = Buffer.from(JSON.stringify(request))
  const headers = {
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...(isFresh && { 'cache-control': 'no-cache' }),
  }
  try {
    return parseGraphqlResponse(await postStream(server, { headers, bytes: [body] }), isMutation)
  } catch (error) {
    throw error instanceof ParleyError ? error : createConnectionError(error, isMutation)
  }
}
