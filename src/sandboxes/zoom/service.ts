import type { SandboxKit } from '../kit.ts'
import type { Auth } from './auth.ts'
import type { ZoomContext } from './context.ts'
import { noHosting, noMeeting, noUser, ZoomError } from './errors.ts'
import type { Publish } from './events.ts'
import type { Pager } from './paging.ts'
import type { Label } from './rate-plans.ts'
import type { RateBook } from './rate.ts'
import type { Switches } from './switches.ts'
import { isExpired, type Meeting, type User, type World } from './world.ts'
import type { Zak } from './zak.ts'

/** Serves an endpoint below `/v2`. One of the scopes is required. `(:admin)` in a scope stands for both forms. */
export type Route = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  label: Label,
  scopes: string,
  handler: (c: ZoomContext) => Response | Promise<Response>,
) => void

export interface Service extends SandboxKit {
  accountId: string
  auth: Auth
  world: World
  switches: Switches
  route: Route
  pager: Pager
  rate: RateBook
  zak: Zak
  publish: Publish
}

/** Parses a JSON body. @throws ZoomError 415 if the content type is not JSON. */
export async function readJson(c: ZoomContext): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  if (text !== '' && !/^application\/([\w.+-]+\+)?json\b/i.test(c.req.header('content-type') ?? ''))
    throw new ZoomError(415, 300, 'Unsupported Content Type')
  const body: unknown = parseJson(text)
  if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>
  throw new ZoomError(400, 300, 'Request Body should be a valid JSON object.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Finds a user by ID, email address, or `me`, which is the owner of the account. */
export function findUser(world: World, ref: string): User | undefined {
  const wanted = ref.toLowerCase()
  return world.users.find((user) => (ref === 'me' ? user.role_id === '0' : user.id === ref || user.email === wanted))
}

export function userRef(c: ZoomContext): string {
  const ref = c.req.param('userId') ?? ''
  // Zoom reads a plus sign that is not percent-encoded as a space.
  return c.req.path.includes('+') ? ref.replaceAll('+', ' ') : ref
}

export function pathUser(service: Service, c: ZoomContext): User {
  const ref = userRef(c)
  const user = findUser(service.world, ref)
  if (!user) throw noUser(ref)
  return user
}

/** Returns the user in the path. @throws ZoomError if the user cannot host meetings. */
export function getHostInPath(service: Service, c: ZoomContext): User {
  const user = pathUser(service, c)
  if (!user.mayHost) throw noHosting()
  return user
}

/** Returns the meeting with the number in the path. A deleted or expired meeting is not found. */
export function getMeetingInPath(service: Service, c: ZoomContext): Meeting {
  const ref = c.req.param('meetingId') ?? ''
  if (!/^\d+$/.test(ref)) throw new ZoomError(400, 300, 'Invalid meeting id.')
  const meeting = service.world.meetings.get(Number(ref))
  if (!meeting || meeting.deleted || isExpired(meeting, service.now())) throw noMeeting(ref)
  return meeting
}

export function hostOf(service: Service, meeting: Meeting): User {
  const host = service.world.users.find((user) => user.id === meeting.host_id)
  if (!host) throw noMeeting(meeting.id)
  if (!host.mayHost) throw noHosting()
  return host
}
