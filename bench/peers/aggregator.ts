import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeCursor, getZoomUser, listAllUsers, listZoomUsers, type PeerUser } from './source.ts'

/** An aggregator that a team writes by hand for four requests without GraphQL. It is the base of every ratio. */
const pageInfo = (users: readonly PeerUser[]) => ({ hasNextPage: true, endCursor: encodeCursor(users.length - 1) })
const withCursors = (users: readonly PeerUser[]) => ({
  edges: users.map((node, index) => ({ cursor: encodeCursor(index), node })),
  pageInfo: pageInfo(users),
})

async function fetchBody(url: string): Promise<object | null> {
  const [path, id = ''] = url.split('?id=')
  if (path === '/w1') return withCursors(await listZoomUsers(100))
  if (path === '/w1n') {
    const nodes = await listZoomUsers(100)
    return { nodes, pageInfo: pageInfo(nodes) }
  }
  if (path === '/w3') return withCursors(await listAllUsers(100))
  if (path === '/w4') return { displayName: (await getZoomUser(id)).displayName }
  return null
}

const server = createServer((request, response) => {
  fetchBody(request.url ?? '').then(
    (value) => {
      const body = JSON.stringify(value)
      response.writeHead(value ? 200 : 404, { 'content-type': 'application/json' }).end(body)
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
)
