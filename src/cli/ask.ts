import { readAnswer } from '../client/answer.ts'
import type { Answer } from '../client/answer.ts'
import { connectionError, ParleyError } from '../client/errors.ts'
import { send } from '../client/node/send.ts'
import type { Destination } from '../client/destination.ts'
import type { Variables } from './variables.ts'

export interface Request {
  query: string
  variables: Variables
  operationName?: string | undefined
}

/** @throws ParleyError if no GraphQL response arrives. */
export async function ask(server: Destination, request: Request, isMutation: boolean): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(request))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  try {
    return readAnswer(await send(server, { headers, bytes: [body] }), isMutation)
  } catch (error) {
    throw error instanceof ParleyError ? error : connectionError(error, isMutation)
  }
}
