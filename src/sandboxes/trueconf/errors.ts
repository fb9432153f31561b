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

/** An error in the format of the API. */
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

/** Creates the error for an object in the path that does not exist. Only the message for users has no period. */
export function createNotFoundError(thing: Thing, id: string): ApiError {
  const message = `${thing[0]!.toUpperCase()}${thing.slice(1)} '${id}' is not found${thing === 'user' ? '' : '.'}`
  return new ApiError(404, { reason: `${thing}NotFound`, message, locationType: 'path', location: `${thing}_id` })
}

/** Creates the error for invalid input. The vendor publishes only the reason uniqueValueAlreadyInUse. */
export function createInvalidInputError(location: string, reason: string, message: string): ApiError {
  return new ApiError(400, { reason, message, locationType: 'parameter', location })
}

export const taken = (location: string): ApiError =>
  createInvalidInputError(location, 'uniqueValueAlreadyInUse', 'Value is already in use. Please try another.')

export const unknownUser = (location: string, id: string): ApiError =>
  createInvalidInputError(location, 'userNotFound', `User '${id}' is not found`)

/** Creates the error for an API version that the server does not support. */
export const createUnknownVersionError = (): ApiError => new ApiError(404, { reason: 'routeNotFound' })

/** Response for a path that version 3 does not have. The vendor publishes the reason `routeNotFound` only for version 4. */
export const noSuchPath = { error: { code: 404, message: titles[404] } }

export const forbidden = (): ApiError => new ApiError(403, { reason: 'forbidden', message: 'Forbidden' })

/** Creates the error for a conference that is not running. The vendor's error is not published; the reason is invented. */
export const createNotRunningError = (id: string): ApiError =>
  new ApiError(400, {
    reason: 'conferenceNotRunning',
    message: `Conference '${id}' is not running.`,
    locationType: 'path',
    location: 'conference_id',
  })
