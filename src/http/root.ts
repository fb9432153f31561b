import type { IncomingMessage } from 'node:http'
import { wantsPage } from './negotiate.ts'
import { text } from './reply.ts'
import type { Reply } from './reply.ts'

/** Returns the response to a request for `/`: a browser is sent to GraphiQL, a program learns where the API is. */
export function replyRoot({ headers }: IncomingMessage, basePath: string, hasPage: boolean): Reply {
  const api = `${basePath}/graphql`
  if (hasPage && wantsPage(headers.accept)) return { status: 302, headers: { location: api } }
  return text(200, `This is Parley, one GraphQL API for several meeting vendors. The API is at ${api}.`)
}
