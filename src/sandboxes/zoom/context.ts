import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

export type ZoomContext = Context<{ Bindings: HttpBindings }>
