import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A vendor whose responses a test sets, for responses that no sandbox sends. */
export interface ScriptedVendor {
  url: string
  /** Requests to the API: path and query. */
  requests: string[]
  /** JSON bodies of the writes. */
  sent: unknown[]
  /** Returns the body of a response: a value that is sent as JSON, or a string that is sent unchanged. */
  respond: (url: URL) => unknown
  close(): void
}

/** Every token request succeeds. */
export async function startScriptedVendor(): Promise<ScriptedVendor> {
  const server = createServer(async (request, response) => {
    const target = new URL(request.url ?? '', vendor.url)
    const body = await text(request)
    response.setHeader('content-type', 'application/json')
    if (target.pathname.endsWith('/token')) {
      response.end(JSON.stringify({ access_token: 'made', token_type: 'bearer', expires_in: 3600 }))
      return
    }
    if (body !== '') vendor.sent.push(JSON.parse(body))
    target.searchParams.delete('access_token')
    vendor.requests.push(target.pathname + target.search)
    const content = vendor.respond(target)
    response.end(typeof content === 'string' ? content : JSON.stringify(content))
  })
  const vendor: ScriptedVendor = {
    url: '',
    requests: [],
    sent: [],
    respond: () => ({}),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  vendor.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return vendor
}

export const trueconfAccount = ({ url }: ScriptedVendor) => ({
  vendor: 'trueconf',
  serverUrl: url,
  secretKey: 'unlimited-key-of-a-scripted-server',
})

export function centralAccount({ url }: ScriptedVendor) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    vendor: 'imeetcentral',
    clientId: 'made',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    tokenUrl: `${url}/oauth2/token`,
    apiUrl: `${url}/v1`,
  }
}

interface Scheme {
  /** Page size that the vendor uses regardless of the request. Default: the requested size. */
  size?: number
  /** Number of items that each page shares with the previous page. */
  overlap?: number
}

/** Serves TrueConf's users by page number, from 0. The page number -1 marks the end. */
export function serveNumberedPage(ids: readonly string[], { searchParams }: URL, { size, overlap = 0 }: Scheme = {}) {
  const page = Number(searchParams.get('page_id') ?? 0)
  const length = size ?? Number(searchParams.get('page_size') ?? 200)
  const start = page * (length - overlap)
  const more = start + length < ids.length
  return {
    users: ids.slice(start, start + length).map((id) => ({ id, display_name: id, is_active: 1 })),
    next_page_id: more ? page + 1 : -1,
  }
}

/** Serves iMeet Central's users with links that contain an offset. */
export function serveLinkedPage(ids: readonly string[], url: URL, { size, overlap = 0 }: Scheme = {}) {
  const length = size ?? Math.min(25, Number(url.searchParams.get('limit') ?? 25))
  const start = Number(url.searchParams.get('offset') ?? 0)
  const to = (offset: number): string => {
    const link = new URL(url)
    link.searchParams.set('offset', String(Math.max(0, offset)))
    return link.href
  }
  const links: Record<string, string> = { last: to(ids.length - length) }
  if (start + length < ids.length) links['next'] = to(start + length - overlap)
  if (start > 0) links['prev'] = to(start - length + overlap)
  return { items: ids.slice(start, start + length).map((id) => ({ id, details: { fullName: id } })), links }
}
