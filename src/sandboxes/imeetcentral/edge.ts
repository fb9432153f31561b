import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { getPath } from 'hono/utils/url'
import type { z } from 'zod'
import type { SandboxApp, SandboxKit } from '../kit.ts'
import { withoutNulls } from '../without-nulls.ts'
import type { Data } from './data.ts'
import type { PagingOptions } from './paging.ts'
import type { AccessTokens } from './tokens.ts'

/** Parts that the routes of the edge API use. */
export interface Edge {
  app: SandboxApp
  data: Data
  effect: SandboxKit['effect']
  paging: PagingOptions
}

/** Creates an app that treats `//` in a path like `/`, because the vendor's Java sample sends it. */
export function createEdgeApp(): SandboxApp {
  const app = new Hono<{ Bindings: HttpBindings }>({ getPath: (request) => getPath(request).replace(/\/{2,}/g, '/') })
  app.notFound((c) => c.text('Not found', 404))
  return app
}

/** Requires a bearer token for every path under `/v1`, and rejects a JSON content type on a GET. */
export function guard(app: SandboxApp, tokens: AccessTokens): void {
  app.use('/v1/*', async (c, next) => {
    const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const state = token === undefined ? 'missing' : tokens.check(token)
    if (state === 'missing') return c.text('Access token is missing', 401)
    if (state === 'unknown') return c.text('Access token is invalid', 401)
    if (state === 'expired') return c.text('Access token has expired', 401)
    if (c.req.method === 'GET' && c.req.header('content-type')?.includes('json')) {
      return c.text('A GET request has no content', 400)
    }
    return next()
  })
}

/** Parses a JSON body with any content type. Responds with 400 and a message if the body does not match `schema`. */
export async function readBody<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  const body: unknown = await c.req.json().catch(() => {
    throw new HTTPException(400, { message: 'The body is not JSON' })
  })
  const result = schema.safeParse(withoutNulls(body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new HTTPException(400, { message: `Invalid ${issue?.path.join('.') || 'body'}` })
}

/** Returns the row with an ID. Responds with 404 if it does not exist. */
export function getRow<T>(rows: ReadonlyMap<string, T>, id: string, what: string): T {
  const row = rows.get(id)
  if (row === undefined) throw new HTTPException(404, { message: `${what} not found` })
  return row
}

/** Creates the response to a create: the ID as plain text. */
export const respondWithId = (c: Context, id: string) => c.text(id, 201)
