import type { Context, MiddlewareHandler } from 'hono'
import { ApiError, forbidden } from './errors.ts'
import type { Env, Grant, Server } from './model.ts'

/** All scopes of an application, in the order of the token endpoint. */
export const allScopes = `
  conferences conferences:read conferences:write
  conferences.participants conferences.participants:read conferences.participants:write
  conferences.operators:read conferences.operators:write conferences.invitations
  conferences.records conferences.records:read conferences.records:write
  conferences.sessions:read conferences.sessions.participants:read
  conferences.sessions.podiums.participants:read conferences.sessions.podiums.participants:write
  conferences.video_layouts:read conferences.video_layouts:write
  conferences.video_layouts.personal:read conferences.video_layouts.personal:write
  users users:read users:write users.avatar:read users.avatar:write
  users.addressbook users.addressbook:read users.addressbook:write
  groups groups:read groups:write groups.users groups.users:read groups.users:write
  templates.conferences:read templates.conferences:write directory.servers:read
  logs.calls:read logs.calls.participants:read logs.calls.invites:read
`
  .trim()
  .split(/\s+/)

/** Scopes of a user who signed in: their own conferences, and reading users and groups. */
export const userScopes = allScopes.filter((scope) => /^(conferences|users\.a|users:read|groups.*:read)/.test(scope))

/** Creates middleware that requires a scope. The name of a resource alone is the scope to read and write it. */
export function guard(server: Server) {
  return (resource: string, action: 'read' | 'write'): MiddlewareHandler<Env> =>
    async (c, next) => {
      const grant = authorize(server, c)
      if (grant.scopes !== 'all' && !grant.scopes.includes(resource) && !grant.scopes.includes(`${resource}:${action}`))
        throw forbidden()
      c.set('grant', grant)
      await next()
    }
}

/** Middleware that requires the secret key of the server. */
export const secretKeyOnly =
  (server: Server): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (authorize(server, c).scopes !== 'all') throw forbidden()
    await next()
  }

function authorize(server: Server, c: Context<Env>): Grant {
  const [, bearer] = /^bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  const inQuery = c.req.query('access_token') || undefined
  if (bearer !== undefined && inQuery !== undefined)
    throw new ApiError(400, {
      reason: 'invalidRequest',
      message: 'Only one method may be used to authenticate at a time (Auth header, GET or POST)',
    })
  if (inQuery === server.secretKey) return { clientId: '', scopes: 'all', userId: null, expiresAt: Infinity }
  const grant = server.data.tokens.get(bearer ?? inQuery ?? '')
  if (!grant || grant.expiresAt <= server.now() || !server.data.clients.has(grant.clientId))
    // A missing token is rejected like an expired one. The inner message is not published.
    throw new ApiError(server.settings.deadTokenStatus, {
      reason: 'accessTokenInvalid',
      message: 'The access token provided is invalid',
    })
  return grant
}
