import { start, type ZoomSandbox, type ZoomSandboxOptions } from '../../../src/sandboxes/zoom/index.ts'

export interface ReceivedResponse {
  status: number
  headers: Headers
  /** JSON of the response. Null if the body is empty. */
  body: any
}

/** A client of the sandbox like that of a third party: plain `fetch` and a Server-to-Server token. */
export interface Client {
  zoom: ZoomSandbox
  clock: { now: number }
  call(method: string, path: string, body?: unknown, token?: string): Promise<ReceivedResponse>
  get(path: string): Promise<ReceivedResponse>
  token(): Promise<string>
}

const firstDay = Date.parse('2026-11-20T10:30:00Z')

export async function connect(options: ZoomSandboxOptions = {}): Promise<Client> {
  const clock = { now: firstDay }
  const zoom = await start({ seed: { active: 60, inactive: 3, pending: 2 }, now: () => clock.now, ...options })
  let currentToken: string | undefined

  async function token(): Promise<string> {
    const result = await grant(zoom, { grant_type: 'account_credentials', account_id: zoom.accountId })
    return result.body.access_token
  }
  async function call(method: string, path: string, body?: unknown, given?: string): Promise<ReceivedResponse> {
    const bearer = given ?? (currentToken ??= await token())
    const init: RequestInit = { method, headers: { authorization: `Bearer ${bearer}` }, redirect: 'manual' }
    if (body instanceof FormData) init.body = body
    else if (body !== undefined) {
      init.headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }
      init.body = typeof body === 'string' ? body : JSON.stringify(body)
    }
    return read(await fetch(`${zoom.url}${path.startsWith('/__') ? '' : '/v2'}${path}`, init))
  }
  return { zoom, clock, call, get: (path) => call('GET', path), token }
}

export async function grant(
  zoom: ZoomSandbox,
  form: Record<string, string>,
  pair = `${zoom.clientId}:${zoom.clientSecret}`,
): Promise<ReceivedResponse> {
  const headers = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
  return read(await fetch(`${zoom.url}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams(form) }))
}

export async function read(response: Response): Promise<ReceivedResponse> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}

/** Follows `next_page_token` to the end. */
export async function all(client: Client, path: string, key: string): Promise<any[]> {
  const items: any[] = []
  let token = ''
  do {
    const { body } = await client.get(`${path}${path.includes('?') ? '&' : '?'}next_page_token=${token}`)
    items.push(...body[key])
    token = body.next_page_token
  } while (token !== '')
  return items
}
