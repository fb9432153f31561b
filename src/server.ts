import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAuthenticator } from './caller.ts'
import type { Configuration } from './config.ts'
import type { Context } from './context.ts'
import { examples } from './examples.ts'
import { httpLimits } from './http/limits.ts'
import { HttpServer } from './http/server.ts'
import { createLoaders } from './loaders.ts'
import { createMetrics } from './metrics.ts'
import { createCursorCodec } from './paging/cursor.ts'
import { schema } from './schema/index.ts'
import type { Call } from './upstream/call.ts'
import { openAccount, type Account } from './vendors/accounts.ts'

export interface Server {
  /** Where it listens. */
  url: string
  /** The graceful stop: work in flight is finished. */
  stop(): Promise<void>
}

/** Opens the accounts and serves them. Makes no vendor call by itself. */
export async function startServer(configuration: Configuration, log: Logger): Promise<Server> {
  const { clients, jwt, limits, cors, trustProxy } = configuration
  const metrics = createMetrics()
  const accounts = configuration.accounts.map((settings) =>
    openAccount(settings, { limits: limits.upstream, onEvent: metrics.observe }),
  )
  metrics.watch(accounts)
  const codec = createCursorCodec(configuration.cursorSecret ?? keptSecret(configuration.data))
  const http = new HttpServer({
    schema,
    authenticate: createAuthenticator({ clients, jwt }),
    limits: { ...httpLimits, ...limits },
    cors,
    trustProxy,
    log,
    metrics: metrics.text,
    playground: { title: 'Parley', examples },
    vendorOf: (key) => accounts.find((account) => account.key === key)?.vendorName ?? null,
    contextOf: ({ caller, requestId, signal, deadline }): Context => {
      const call: Call = { signal, deadline, reads: new Map(), written: 0 }
      const visible = caller.accounts === null ? accounts : accounts.filter(({ key }) => caller.accounts!.has(key))
      return {
        caller,
        requestId,
        call,
        accounts: visible,
        loaders: createLoaders(call, limits.scanCalls),
        codec,
        limits,
      }
    },
  })
  const { url } = await http.listen(configuration.port, configuration.host)
  return {
    url,
    stop: async () => {
      await http.drain()
      await Promise.all(accounts.map((account: Account) => account.upstream.close()))
    },
  }
}

/** The key that cursors are signed with, made once and kept in the data folder. */
function keptSecret(data: string): string {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const file = join(data, 'cursor-secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(file, 'utf8')
}
