import type { ContentfulStatusCode } from 'hono/utils/http-status'

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
}

interface Reason {
  reason: string
  message?: string
  locationType?: 'path' | 'parameter'
  location?: string
}

/** A refusal in the API's envelope. */
export class ApiError extends Error {
  status: ContentfulStatusCode
  reason: Reason

  constructor(status: ContentfulStatusCode, reason: Reason) {
    super(reason.message ?? reason.reason)
    this.status = status
    this.reason = reason
  }

  get body() {
    return { error: { code: this.status, message: titles[this.status], errors: [this.reason] } }
  }
}

type Thing = 'conference' | 'user' | 'record' | 'invitation' | 'participant' | 'group' | 'call' | 'client'

/** What is named in the path and not there. Only users lack the full stop. */
export function notFound(thing: Thing, id: string): ApiError {
  const message = `${thing[0]!.toUpperCase()}${thing.slice(1)} '${id}' is not found${thing === 'user' ? '' : '.'}`
  return new ApiError(404, { reason: `${thing}NotFound`, message, locationType: 'path', location: `${thing}_id` })
}

/** What the body says and the server will not have. Of the reasons the vendor publishes only uniqueValueAlreadyInUse. */
export function refused(location: string, reason: string, message: string): ApiError {
  return new ApiError(400, { reason, message, locationType: 'parameter', location })
}

export const taken = (location: string): ApiError =>
  refused(location, 'uniqueValueAlreadyInUse', 'Value is already in use. Please try another.')

export const unknownUser = (location: string, id: string): ApiError =>
  refused(location, 'userNotFound', `User '${id}' is not found`)

/** A version that the server does not serve. */
export const noRoute = (): ApiError => new ApiError(404, { reason: 'routeNotFound' })

/** A path that version 3 does not have. Its body is not published: the reason `routeNotFound` is known of version 4 only. */
export const noSuchPath = { error: { code: 404, message: titles[404] } }

export const forbidden = (): ApiError => new ApiError(403, { reason: 'forbidden', message: 'Forbidden' })

/** Which answer the vendor gives here is not published: the status fits its others, the reason's name is ours. */
export const notRunning = (id: string): ApiError =>
  new ApiError(400, {
    reason: 'conferenceNotRunning',
    message: `Conference '${id}' is not running.`,
    locationType: 'path',
    location: 'conference_id',
  })
