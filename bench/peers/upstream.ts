import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Three vendors in one process that needs almost no processor time. They return users as the APIs of Zoom, TrueConf
 * Server, and iMeet Central do.
 */
const counts = { zoom: 1_000, trueconf: 33, imeetcentral: 33 }
/** Users of the second Zoom account, whose list is merged with those of the other vendors. */
const smallCount = 34

const createUsers = (count: number, create: (index: number) => object): string[] =>
  Array.from({ length: count }, (_, index) => JSON.stringify(create(index)))
const name = (index: number) => ({ first: `First${index}`, last: `Last${index}`, whole: `First${index} Last${index}` })

const zoomUsers = createUsers(counts.zoom, (index) => ({
  id: `zu${index}`,
  first_name: name(index).first,
  last_name: name(index).last,
  display_name: name(index).whole,
  email: `zoom.${index}@example.com`,
  type: 2,
  pmi: 1_000_000_000 + index,
  timezone: 'Europe/Berlin',
  verified: 1,
  dept: `Department ${index % 20}`,
  created_at: '2024-03-01T09:00:00Z',
  user_created_at: '2024-03-01T09:00:00Z',
  last_login_time: '2026-10-01T08:30:00Z',
  last_client_version: '6.0.0.1234(win)',
  language: 'en-US',
  status: 'active',
  role_id: '2',
}))
const trueconfUsers = createUsers(counts.trueconf, (index) => ({
  id: `tc${index}`,
  uid: `tc${index}@trueconf.example.com`,
  login_name: `tc${index}`,
  display_name: name(index).whole,
  first_name: name(index).first,
  last_name: name(index).last,
  email: `trueconf.${index}@example.com`,
  status: 1,
  is_active: 1,
}))
const imeetcentralUsers = createUsers(counts.imeetcentral, (index) => ({
  id: `im${index}`,
  details: { fullName: name(index).whole, email: `imeet.${index}@example.com` },
}))

const token = JSON.stringify({ access_token: 'a-token-of-the-benchmark', token_type: 'bearer', expires_in: 3_600 })

function listZoomUsers(all: readonly string[], query: URLSearchParams): string {
  const size = Number(query.get('page_size') ?? 30)
  const page = Number(query.get('next_page_token') || query.get('page_number') || 1)
  const users = (query.get('status') ?? 'active') === 'active' ? all : []
  const next = page * size < users.length ? String(page + 1) : ''
  const items = users.slice((page - 1) * size, page * size).join(',')
  const pages = Math.ceil(users.length / size)
  return `{"page_count":${pages},"page_number":${page},"page_size":${size},"total_records":${users.length},"next_page_token":"${next}","users":[${items}]}`
}

function listTrueconfUsers(query: URLSearchParams): string {
  const [page, size] = [Number(query.get('page_id') ?? 0), Number(query.get('page_size') ?? 200)]
  const next = (page + 1) * size < trueconfUsers.length ? page + 1 : -1
  return `{"next_page_id":${next},"users":[${trueconfUsers.slice(page * size, (page + 1) * size).join(',')}]}`
}

function listImeetcentralUsers(query: URLSearchParams, url: string): string {
  const [offset, limit] = [Number(query.get('offset') ?? 0), Math.min(25, Number(query.get('limit') ?? 25))]
  const next = offset + limit < imeetcentralUsers.length ? `"${url}?limit=${limit}&offset=${offset + limit}"` : 'null'
  return `{"items":[${imeetcentralUsers.slice(offset, offset + limit).join(',')}],"links":{"next":${next}}}`
}

/** Null if the path is unknown. */
function getBody({ url = '', headers }: IncomingMessage): string | null {
  const [path = '', search = ''] = url.split('?')
  const query = new URLSearchParams(search)
  if (path.endsWith('/token')) return token
  if (path === '/zoom/v2/users') return listZoomUsers(zoomUsers, query)
  if (path === '/small/v2/users') return listZoomUsers(zoomUsers.slice(0, smallCount), query)
  if (path.startsWith('/zoom/v2/users/zu')) return zoomUsers[Number(path.slice('/zoom/v2/users/zu'.length))] ?? null
  if (/^\/trueconf\/api\/v[\d.]+\/users$/.test(path)) return listTrueconfUsers(query)
  if (path === '/imeet/v1/users') return listImeetcentralUsers(query, `http://${headers.host}${path}`)
  return null
}

const server = createServer((request, response) => {
  request.resume()
  const body = getBody(request)
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' }).end(body ?? '{}')
})
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
)
