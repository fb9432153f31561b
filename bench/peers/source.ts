import { Pool } from 'undici'

/** Fields of a user that both peers read. */
export interface PeerUser {
  id: string
  displayName: string | null
  email: string | null
  department: string | null
  status: string
}

interface ZoomUser {
  id: string
  display_name?: string
  email?: string
  dept?: string
  status?: string
}

const upstream = new Pool(process.env['UPSTREAM']!, { connections: 64 })
const headers = { accept: 'application/json', authorization: 'Bearer a-token-of-the-benchmark' }

async function read<T>(path: string): Promise<T> {
  const { statusCode, body } = await upstream.request({ method: 'GET', path, headers })
  const value = (await body.json()) as T
  if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`)
  return value
}

export const encodeId = (vendor: string, id: string): string =>
  Buffer.from(`User:${vendor}:${id}`).toString('base64url')
export const encodeCursor = (index: number): string => Buffer.from(`offset:${index}`).toString('base64url')

const fromZoom = (user: ZoomUser): PeerUser => ({
  id: encodeId('zoom', user.id),
  displayName: user.display_name ?? null,
  email: user.email ?? null,
  department: user.dept ?? null,
  status: user.status === 'active' ? 'ACTIVE' : 'INACTIVE',
})

export async function getZoomUser(id: string): Promise<PeerUser> {
  return fromZoom(await read<ZoomUser>(`/zoom/v2/users/${encodeURIComponent(id)}`))
}

export async function listZoomUsers(count: number, account = 'zoom'): Promise<PeerUser[]> {
  const { users } = await read<{ users: ZoomUser[] }>(`/${account}/v2/users?status=active&page_size=${count}`)
  return users.map(fromZoom)
}

async function listTrueconfUsers(): Promise<PeerUser[]> {
  const { users } = await read<{ users: { id: string; display_name?: string; email?: string; is_active?: number }[] }>(
    '/trueconf/api/v3.8/users?page_id=0&page_size=200',
  )
  return users.map(({ id, display_name = null, email = null, is_active }) => {
    const status = is_active === 1 ? 'ACTIVE' : 'INACTIVE'
    return { id: encodeId('trueconf', id), displayName: display_name, email, department: null, status }
  })
}

async function listImeetcentralUsers(): Promise<PeerUser[]> {
  const users: PeerUser[] = []
  for (let path: string | null = '/imeet/v1/users?limit=25'; path !== null;) {
    const page: {
      items: { id: string; details: { fullName?: string; email?: string } }[]
      links: { next: string | null }
    } = await read(path)
    for (const { id, details } of page.items) {
      const { fullName = null, email = null } = details
      users.push({
        id: encodeId('imeetcentral', id),
        displayName: fullName,
        email,
        department: null,
        status: 'UNKNOWN',
      })
    }
    const { next } = page.links
    path = next === null ? null : new URL(next).pathname + new URL(next).search
  }
  return users
}

/** Reads the first users of all three vendors, one vendor after the other. */
export async function listAllUsers(count: number): Promise<PeerUser[]> {
  const lists = await Promise.all([listZoomUsers(count, 'small'), listTrueconfUsers(), listImeetcentralUsers()])
  return lists.flat().slice(0, count)
}
