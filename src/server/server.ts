import { Callers } from '../auth/callers.ts'
import { DownloadLinks } from '../auth/download-links.ts'
import type { Configuration } from '../config/configuration.ts'
import { explainListenError } from '../config/listen-error.ts'
import { keepRestartSettings } from '../config/restart.ts'
import { createExamples } from './examples.ts'
import { HttpServer } from '../http/server.ts'
import {
  createKeySetObserver,
  createMutationObserver,
  createOperationObserver,
  createUpstreamObserver,
  type Telemetry,
} from '../telemetry/observers.ts'
import { AccountLog } from '../telemetry/account-log.ts'
import { FileProcessRegistry } from '../operations/file-process-registry.ts'
import { Operations } from '../operations/operations.ts'
import { watchProcessRegistry, watchStore } from '../operations/watched-store.ts'
import { DocumentWatch } from './document-watch.ts'
import { createListSizes } from './list-sizes.ts'
import { OpenAccounts } from './open-accounts.ts'
import { OpenLists } from './open-lists.ts'
import { OperationContext, type OperationContextParts } from './operation-context.ts'
import { openDownloads } from './open-downloads.ts'
import { createHookFinder, openLiveEvents } from './open-live-events.ts'
import { openMcp } from './open-mcp.ts'
import { toHttpLimits } from './server-limits.ts'
import { loadOrCreateSecret, openRedis, openStore } from './open-state.ts'
import { openSubgraph } from './open-subgraph.ts'
import { createCursorCodec } from '../paging/cursor.ts'
import { SortedListStore } from '../paging/sorted-list-store.ts'
import { createReloadReport, type ReloadReport } from './reload-report.ts'
import { schema } from '../schema/index.ts'
import { createFixedSecrets } from '../core/secrets.ts'
import { createStoreHealth } from '../telemetry/store-health.ts'
import { systemClock } from '../upstream/clock.ts'

/** A running server. */
export interface Server {
  /** URL that the server listens on. */
  url: string
  /** URL of `/metrics`. Null if it has no address of its own. */
  metricsUrl: string | null
  /**
   * Applies the settings of another configuration that need no restart. If `reload` rejects, nothing has changed. Call it
   * again only after it has ended.
   *
   * @throws ConfigurationError if its trusted documents or tools have errors.
   */
  reload(next: Configuration): Promise<ReloadReport>
  /** Stops after the work in flight has ended, or after the grace period `shutdownGrace`. */
  stop(): Promise<void>
  /** Aborts the mutations in progress, records their outcomes, and closes the accounts. Waits for nothing else. */
  stopNow(): Promise<void>
}

/**
 * Opens the accounts and starts the server. Makes no vendor call.
 *
 * @throws ConfigurationError if the trusted documents or tools have errors.
 */
export async function startServer(configuration: Configuration, observers: Telemetry): Promise<Server> {
  const { cors, allowedHosts, trustProxy, basePath, graphiql, reusePort } = configuration
  let current = configuration
  const { log, metrics } = observers
  const lists = new OpenLists()
  const { documents, tools } = lists
  lists.apply(await lists.load(configuration), log)
  metrics.registerDocumentGauge(() => documents.counts)
  const sharing = configuration.redis === null ? null : await openRedis(configuration.redis, configuration, observers)
  const subgraph = await openSubgraph(configuration.federation)
  const accountLog = new AccountLog(log)
  const accounts = new OpenAccounts({
    observe: () => createUpstreamObserver(observers, accountLog),
    share: sharing?.shareAccount,
    metrics,
    accountLog,
  })
  accounts.apply(configuration)
  const events = openLiveEvents({
    getLimits: () => current.limits,
    sharing,
    log,
    onRecorded: metrics.countEventEntry,
    onStreamGap: metrics.countStreamGap,
    onOutdated: (account, outdated) => {
      accounts.invalidate(account, outdated)
      operations.checkSoon(account)
    },
  })
  events.watch(accounts.list)
  const observeMutation = createMutationObserver(observers)
  metrics.createMutationSeries(Object.keys(schema.getMutationType()!.getFields()))
  const secrets =
    sharing?.secrets ?? createFixedSecrets(configuration.cursorSecret ?? loadOrCreateSecret(configuration.data, log))
  const codec = createCursorCodec(secrets)
  const links = new DownloadLinks(secrets)
  const sortedLists = new SortedListStore()
  const store = sharing?.store ?? openStore(configuration, log)
  const presence = sharing?.processRegistry ?? new FileProcessRegistry(configuration.data)
  const storeHealth = createStoreHealth(log, metrics)
  const operations = new Operations({
    store: watchStore(store, storeHealth),
    processRegistry: watchProcessRegistry(presence, storeHealth),
    accounts: accounts.list,
    secrets,
    clock: systemClock,
    getTime: () => current.limits.operationDeadline,
    onInternalError: (err) => {
      metrics.countUnhandled('mutation')
      log.error({ err }, 'internal error')
    },
    onEnd: (request, result) => {
      observeMutation(request, result)
      if (result.operation?.account != null) events.pollSoon(result.operation.account)
    },
  })
  const callers = new Callers({ onKeySetChange: createKeySetObserver(observers) })
  callers.apply(configuration)
  metrics.registerKeySetGauge(() => (current.jwt === null ? null : callers.hasKeys))
  // Each request reads these limits, and a reload changes them in place.
  const limits = toHttpLimits(configuration)
  const contextParts: OperationContextParts = {
    accounts,
    budgets: callers.budgets,
    operations,
    events,
    codec,
    sortedLists,
    links,
    getPublicUrl: () => current.publicUrl,
    basePath,
    getLimits: () => current.limits,
    getBudget: () => http.budget,
  }
  const observe = createOperationObserver(observers)
  const http: HttpServer = new HttpServer({
    schema,
    authenticate: callers.authenticate,
    limits,
    beginOperation: (caller) => callers.budgets.beginOperation(caller.name),
    observe,
    createToolEndpoint: openMcp({ callers, tools, limits, log, observe, getConfiguration: () => current }),
    cors,
    // Browsers do not add an API key or a JWT to a request, so a web page cannot act as a configured caller.
    get allowedSites() {
      const { clients, jwt } = current
      return clients.length > 0 || jwt ? null : { hosts: allowedHosts, origins: cors?.origins ?? [] }
    },
    reusePort,
    trustProxy,
    log,
    metrics: configuration.metrics === false ? null : metrics.formatMetrics,
    onRejected: metrics.countRejectedRequest,
    onCut: metrics.countCutConnection,
    basePath,
    playground: graphiql
      ? {
          title: 'Parley',
          isClosed: (caller) => (caller ? documents.getPolicy(caller).mode === 'only' : documents.isOnly(current)),
          getExamples: (caller) => createExamples(accounts.listFor(caller)),
        }
      : null,
    subgraph,
    hooks: {
      findReceiver: createHookFinder({ accounts: accounts.list, events, getMaxAgeMs: () => current.limits.hookAge }),
      onReceived: metrics.countHook,
    },
    downloads: openDownloads({ accounts: accounts.list, callers, links, observers }),
    getVendorName: (key) => accounts.list.find((account) => account.key === key)?.vendorName ?? null,
    getListSizes: (caller) => createListSizes(accounts.listFor(caller).length),
    documents: { getPolicy: documents.getPolicy, onRequest: metrics.countDocumentRequest },
    createContext: (request) => new OperationContext(contextParts, request),
  })
  metrics.registerSocketGauges({
    bufferedBytes: () => http.budget.usedBytes,
    connections: () => http.connections.size,
    streams: () => http.streams.size,
  })
  metrics.registerDownloadGauge(() => http.downloads.size)
  const documentWatch = new DocumentWatch({
    getLists: () => lists.all,
    getConfiguration: () => current,
    log,
    metrics,
    clock: systemClock,
  })
  const close = async (graceMs: number): Promise<void> => {
    documentWatch.close()
    await operations.stop(graceMs)
    await events.stop()
    accountLog.stop()
    await accounts.close()
    sharing?.close()
  }
  try {
    // Before the first stream, whose cursor can be in the log.
    await sharing?.loadEvents()
    const { url } = await http.listen(configuration.port, configuration.host)
    const metricsUrl = await listenForMetrics(http, configuration.metrics)
    // Started after listening: if the address is in use, another process may be running the unresolved operations.
    operations.start()
    return {
      url,
      metricsUrl,
      reload: async (next) => {
        const applied = keepRestartSettings(current, next)
        const loaded = await lists.load(applied)
        const changes = accounts.apply(applied)
        callers.apply(applied)
        lists.apply(loaded, log)
        Object.assign(limits, toHttpLimits(applied))
        const report = createReloadReport({ current, next, applied }, changes)
        current = applied
        const reauthenticated = http.streams.reauthenticate()
        events.watch(accounts.list)
        // Some callers are known only when the keys of their JWTs were fetched.
        void reauthenticated.then(() => events.renewInterests())
        return report
      },
      stop: async () => {
        const graceEndsAt = Date.now() + current.limits.shutdownGrace
        await http.drain()
        // The remaining time is for operations that no request waits for.
        await close(Math.max(0, graceEndsAt - Date.now()))
      },
      stopNow: () => close(0),
    }
  } catch (error) {
    await Promise.all([close(0), http.close()])
    throw error
  }
}

/** Returns the URL of `/metrics`, or null if it has no address of its own. */
async function listenForMetrics(http: HttpServer, address: Configuration['metrics']): Promise<string | null> {
  if (typeof address === 'boolean') return null
  const { host, port } = address
  const { url } = await explainListenError(http.listenForMetrics(port, host), 'metrics.port', 'metrics.host')
  return url
}
