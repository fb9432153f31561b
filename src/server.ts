import { join } from 'node:path'
import type { Logger } from 'pino'
import { createAuthenticator, type Caller } from './caller.ts'
import type { Configuration } from './config.ts'
import type { Context } from './context.ts'
import { createCursorSecret, keepCursorSecret } from './cursor-secret.ts'
import { examplesFor } from './examples.ts'
import { httpLimits } from './http/limits.ts'
import type { ObserveOperation } from './http/observer.ts'
import { HttpServer } from './http/server.ts'
import { createLoaders } from './loaders.ts'
import { createUpstreamLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import { FilePresence } from './operations/file-presence.ts'
import { Journal } from './operations/journal.ts'
import type { Request, Result } from './operations/request.ts'
import { Operations } from './operations/run.ts'
import { watchPresence, watchStore } from './operations/watched-store.ts'
import type { StoreOptions } from './operations/store.ts'
import { createCursorCodec } from './paging/cursor.ts'
import type { Sharing } from './redis/index.ts'
import { schema } from './schema/index.ts'
import { createStoreHealth } from './store-health.ts'
import type { Tracing } from './tracing.ts'
import { createCall } from './upstream/call.ts'
import { systemClock } from './upstream/clock.ts'
import type { UpstreamEvent } from './upstream/upstream.ts'
import { openAccount, type Account } from './vendors/accounts.ts'

export interface Server {
  /** Where it listens. */
  url: string
  /** The graceful stop: work in flight is finished. */
  stop(): Promise<void>
  /** Gives up the mutations that run and writes down how they stand; nothing else is waited for. */
  giveUp(): Promise<void>
}

/** What the server tells of itself. */
export interface Observers {
  log: Logger
  metrics: Metrics
  /** Null: nobody collects traces. */
  tracing: Tracing | null
}

/** Opens the accounts and serves them. Makes no vendor call by itself. */
export async function startServer(configuration: Configuration, observers: Observers): Promise<Server> {
  const { clients, jwt, limits, cors, allowedHosts, trustProxy } = configuration
  const { log, metrics } = observers
  const sharing = configuration.redis === null ? null : await openRedis(configuration.redis, configuration, observers)
  const options = {
    limits: limits.upstream,
    onEvent: observeUpstream(observers),
    share: sharing?.account,
    isShared: (key: string) => hasSeveralCallers(key, configuration),
  }
  const accounts = configuration.accounts.map((settings) => openAccount(settings, options))
  metrics.watch(accounts)
  metrics.watchMutations(Object.keys(schema.getMutationType()!.getFields()))
  const secret = sharing?.secret ?? configuration.cursorSecret ?? secretOf(configuration.data, log)
  const codec = createCursorCodec(secret)
  const store = sharing?.store ?? openJournal(configuration, log)
  const presence = sharing?.presence ?? new FilePresence(configuration.data)
  const storeHealth = createStoreHealth(log, metrics)
  const operations = new Operations({
    store: watchStore(store, storeHealth),
    presence: watchPresence(presence, storeHealth),
    accounts,
    secret,
    clock: systemClock,
    time: limits.operationDeadline,
    onDefect: (err) => log.error({ err }, 'defect'),
    onEnd: observeMutations(observers),
  })
  const http = new HttpServer({
    schema,
    authenticate: createAuthenticator({ clients, jwt: jwt && { ...jwt, onChange: observeKeySet(observers) } }),
    limits: { ...httpLimits, ...limits, shutdownGrace: Math.max(0, limits.shutdownGrace - httpLimits.deadlineGrace) },
    observe: observeOperation(observers),
    cors,
    // A browser does not send an API key or a JWT by itself, so callers cannot be impersonated by a web page.
    allowedSites: clients.length > 0 || jwt ? null : { hosts: allowedHosts, origins: cors?.origins ?? [] },
    trustProxy,
    log,
    metrics: metrics.text,
    playground: { title: 'Parley', examples: (caller) => examplesFor(accountsOf(caller, accounts)) },
    vendorOf: (key) => accounts.find((account) => account.key === key)?.vendorName ?? null,
    listSizes: (caller) => {
      const { length } = accountsOf(caller, accounts)
      return { accounts: length, sources: length, sameAs: length }
    },
    contextOf: ({ caller, requestId, signal, deadline, notes }): Context => {
      const call = createCall({ caller: caller.name, requestId, signal, deadline }, limits.operationCalls)
      return {
        caller,
        requestId,
        call,
        accounts: accountsOf(caller, accounts),
        loaders: createLoaders(call, limits.scanCalls),
        operations,
        codec,
        limits,
        notes,
      }
    },
  })
  const close = async (grace: number): Promise<void> => {
    await operations.stop(grace)
    await Promise.all(accounts.map((account: Account) => account.upstream.close()))
    sharing?.close()
  }
  try {
    const { url } = await http.listen(configuration.port, configuration.host)
    // Not before the address is ours: where it is taken, what stands open may be another process's.
    operations.start()
    return {
      url,
      stop: async () => {
        const overtime = Date.now() + limits.shutdownGrace
        await http.drain()
        // A mutation whose client has gone has no connection that would be waited for.
        await close(Math.max(0, overtime - Date.now()))
      },
      giveUp: () => close(0),
    }
  } catch (error) {
    await close(0)
    throw error
  }
}

function accountsOf({ accounts: keys }: Caller, accounts: readonly Account[]): readonly Account[] {
  return keys === null ? accounts : accounts.filter(({ key }) => keys.has(key))
}

/** A key set's subjects can be many. */
function hasSeveralCallers(account: string, { clients, jwt }: Configuration): boolean {
  return jwt !== null || clients.filter(({ accounts }) => accounts?.includes(account) ?? true).length > 1
}

function observeUpstream({ log, metrics, tracing }: Observers): (account: string, event: UpstreamEvent) => void {
  const note = createUpstreamLog(log)
  return (account, event) => {
    note(account, event)
    metrics.observe(account, event)
    if (event.kind === 'call') tracing?.call(account, event)
  }
}

/** Counts and logs every mutation that was answered. */
function observeMutations({ log, metrics }: Observers): (request: Request, result: Result) => void {
  return ({ caller, mutation, call: { requestId } }, { outcome, problems, operation, replayed }) => {
    const { id: operationId, account } = operation ?? {}
    metrics.mutation(mutation, outcome, replayed)
    const line = { requestId, operationId, caller, mutation, account, outcome, code: problems[0]?.code }
    log.info({ ...line, ...(replayed && { replayed }) }, 'mutation')
  }
}

function observeOperation({ metrics, tracing }: Observers): ObserveOperation {
  return (requestId, headers) => {
    const counted = metrics.operation()
    const traced = tracing?.operation(requestId, headers)
    return (end) => {
      counted(end)
      traced?.(end)
    }
  }
}

/** Logs each outage of the key server once, and exports its state. */
function observeKeySet({ log, metrics }: Observers): (failure: unknown) => void {
  let isUp = true
  metrics.watchKeySet(() => isUp)
  return (failure) => {
    isUp = failure === null
    if (isUp) log.info('key set fetched again')
    else log.warn({ reason: describeFailure(failure) }, 'key set request failed')
  }
}

/** The system's code if there is one: the message of `fetch` is the same for all. */
function describeFailure(failure: unknown): string {
  const { message, cause } = failure as Error
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message
}

/** Loaded only where processes share. */
async function openRedis(url: string, configuration: Configuration, { log, metrics }: Observers): Promise<Sharing> {
  const { openSharing } = await import('./redis/index.ts')
  let up = false
  metrics.watchRedis(() => up)
  return openSharing({
    url,
    cursorSecret: configuration.cursorSecret,
    store: storeOptions(configuration, log),
    onChange: (reason) => {
      up = reason === null
      if (up) log.info('redis connected')
      else log.warn({ reason }, 'redis cannot be reached: mutations are refused, and nothing is shared')
    },
  })
}

/**
 * What cursors are signed and operations named with. If the data folder cannot be written, the server still reads, with a
 * secret of this process: its cursors end with it.
 */
function secretOf(data: string, log: Logger): string {
  try {
    return keepCursorSecret(data)
  } catch (err) {
    log.error({ err }, 'the data folder cannot be written: mutations are refused')
    return createCursorSecret()
  }
}

function storeOptions({ limits }: Configuration, log: Logger): StoreOptions {
  return {
    callerBytes: limits.callerStoreBytes,
    onUnreadable: (operationId, err) => log.error({ operationId, err }, 'operation record unreadable'),
  }
}

function openJournal(configuration: Configuration, log: Logger): Journal {
  return new Journal(join(configuration.data, 'operations.sqlite'), {
    ...storeOptions(configuration, log),
    onEmptied: () => log.error('operation store emptied'),
  })
}
