import type { IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { graphql } from 'graphql'
import { onTestFinished } from 'vitest'
import type { Caller, Scope } from '../../src/auth/caller.ts'
import type { Context } from '../../src/schema/context.ts'
import type { ByteBudget } from '../../src/core/byte-budget.ts'
import { createLoaders } from '../../src/schema/loaders.ts'
import { OperationNotes } from '../../src/schema/operation-notes.ts'
import { FileProcessRegistry } from '../../src/operations/file-process-registry.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { Operations } from '../../src/operations/operations.ts'
import type { Store } from '../../src/operations/store.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import { SortedListStore } from '../../src/paging/sorted-list-store.ts'
import { encodeId, type NodeType } from '../../src/schema/ids.ts'
import { schema } from '../../src/schema/index.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import { CallContext } from '../../src/upstream/call-context.ts'
import { systemClock } from '../../src/upstream/clock.ts'
import type { UpstreamLimits } from '../../src/upstream/limits.ts'
import { openAccount, type Account } from '../../src/vendors/accounts.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import { getDefaults, serverLimitTable } from '../../src/core/limits.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { openLiveEvents } from '../../src/server/open-live-events.ts'
import { ManualClock } from './clock.ts'
import { startSandboxOf } from '../support/sandbox.ts'
import '../support/compile-cache.ts'

export interface Opened {
  sandbox: Sandbox
  account: Account
  /** Configured accounts. A test can remove and add them. */
  accounts: Account[]
  clock: ManualClock
  /** Folder of the store. */
  folder: string
  store: Store
  operations: Operations
  /** Internal errors so far. */
  internalErrors: unknown[]
  /** Executes a document. Default: as a caller with every scope, with a deadline of 25 s. */
  execute(query: string, variables?: object, options?: ExecuteOptions): Promise<Record<string, any>>
  /** Ends the process, and starts another one with the same store. */
  restart(): Promise<void>
  /** Starts another process with the same store, which gets all further operations. The earlier process continues. */
  startAnother(): void
  encodeId(type: NodeType, ...parts: string[]): string
  close(): Promise<void>
}

interface ExecuteOptions {
  caller?: string
  scopes?: Scope[]
  hasAccounts?: boolean
  signal?: AbortSignal
  budget?: ByteBudget
}

const limits: Partial<UpstreamLimits> = { breakerFailures: 1, backoffBase: 1 }

export const createDataFolder = (): string => mkdtempSync(join(tmpdir(), 'parley-operations-'))

/** Opens the store of operations in a folder. Other suites can replace it by another store. */
export const storeOpener = {
  open: (folder: string): Store => new SqliteOperationStore(join(folder, 'operations.sqlite')),
}

/** By vendor. By default, the sandboxes create hundreds of users. */
const smallSeeds: Record<string, object> = {
  zoom: { seed: { active: 60, inactive: 3, pending: 2 } },
  trueconf: { users: 60, conferences: 20, running: 2 },
}

/** Creates an option of the sandbox of TrueConf that holds back the creation of conferences until `release` is called. */
export function holdCreates() {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  let received = 0
  const before = ({ method, url = '' }: IncomingMessage, _: unknown, serve: () => void): void => {
    if (method !== 'POST' || !url.endsWith('/conferences')) return serve()
    received++
    void promise.then(serve)
  }
  return { before, release, countReceived: () => received }
}

interface Options {
  /** Options of the sandbox. Default: few users. */
  seed?: object
  store?: Store
  upstream?: Partial<UpstreamLimits>
  /** Starts a proxy between the account and the sandbox, and returns its URL. */
  startProxy?: (sandbox: Sandbox) => Promise<string>
}

/** Opens an account of a sandbox, with the schema. Everything is closed after the test. The account key is the vendor's slug. */
export async function open(definition: AnyVendor, options: Options = {}): Promise<Opened> {
  const folder = createDataFolder()
  const clock = new ManualClock()
  const sandbox = await startSandboxOf(definition, { ...(options.seed ?? smallSeeds[definition.slug]), now: clock.now })
  const url = (await options.startProxy?.(sandbox)) ?? sandbox.url
  const settings = JSON.stringify(sandbox.account).replaceAll(sandbox.url, url)
  const { vendor: _, ...config } = JSON.parse(settings) as Record<string, unknown>
  const account = openAccount(
    { key: definition.slug, definition, config: definition.config.parse(config) },
    // The pauses between attempts use the real clock, because the test does not advance its clock during them.
    { limits: { ...limits, ...options.upstream }, clock: { now: clock.now, sleep: systemClock.sleep } },
  )
  const accounts = [account]
  const internalErrors: unknown[] = []
  let store = options.store ?? storeOpener.open(folder)
  let processRegistry = new FileProcessRegistry(folder)
  const startOperations = (): Operations => {
    const onInternalError = (error: unknown) => void internalErrors.push(error)
    const common = { store, processRegistry, accounts, secrets: createFixedSecrets('secret') }
    const operations = new Operations({ ...common, clock, getTime: () => 25_000, onInternalError })
    operations.start()
    return operations
  }
  let operations = startOperations()
  const opened: Opened = {
    sandbox,
    account,
    accounts,
    clock,
    folder,
    get store() {
      return store
    },
    get operations() {
      return operations
    },
    internalErrors,
    async execute(source, variables = {}, { caller = 'ada', scopes, hasAccounts = true, signal, budget } = {}) {
      const call = new CallContext({
        caller,
        budget,
        signal: signal ?? new AbortController().signal,
        time: { deadline: clock.now() + 25_000 },
      })
      const identity: Caller = {
        name: caller,
        scopes: new Set(scopes ?? ['read', 'write', 'credentials', 'recordings']),
        accounts: null,
      }
      const context: Context = {
        caller: identity,
        requestId: 'test',
        call,
        accounts: hasAccounts ? accounts : [],
        listAccounts: () => (hasAccounts ? accounts : []),
        events: openLiveEvents({ getLimits: () => getDefaults(serverLimitTable) }),
        loaders: createLoaders(call, 30),
        operations,
        codec: createCursorCodec(createFixedSecrets('secret')),
        sortedLists: new SortedListStore(),
        createDownloadUrl: () => 'http://localhost/recordings/token/file',
        limits: {
          pageSize: 20,
          scanCalls: 30,
          attendanceRows: 20_000,
          orderByItems: 5_000,
          orderByCalls: 5_000,
          ids: 250,
        },
        notes: new OperationNotes(),
      }
      const { data, errors } = await graphql({
        schema,
        source,
        variableValues: { ...variables },
        contextValue: context,
      })
      if (errors) throw new Error(errors.map(({ message }) => message).join('\n'), { cause: errors[0] })
      return data as Record<string, any>
    },
    async restart() {
      await processRegistry.unregister()
      await store.close()
      opened.startAnother()
    },
    startAnother() {
      store = storeOpener.open(folder)
      processRegistry = new FileProcessRegistry(folder)
      operations = startOperations()
    },
    encodeId: (type, ...parts) => encodeId(type, definition.slug, ...parts),
    async close() {
      await operations.stop(0).catch(() => {})
      await account.upstream.close()
      await sandbox.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  onTestFinished(() => opened.close())
  return opened
}

/** Returns the GraphQL type of a mutation's input. */
const getInputType = (mutation: string): string => `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`

const payloadFields = `outcome replayed clientMutationId
  problems { code message path retryable vendorStatus account { key } }
  operation { id mutation idempotencyKey outcome finishedAt account { key } result { __typename id } problem { code } }`

const objectFields: Record<string, string> = {
  createConference: 'conference { id vendorId title }',
  updateConference: 'conference { id title }',
  deleteConference: 'deletedConferenceId',
  runConference: 'conference { id state } startUrl',
  endConference: 'conference { id state }',
  inviteParticipant: 'participant { id email user { id } }',
  removeParticipant: 'removedParticipantId',
  deleteRecording: 'deletedRecordingId',
  updateOccurrence: 'occurrence { id startsAt durationMinutes cancelled }',
  cancelOccurrence: 'occurrence { id startsAt cancelled }',
  uploadFile: 'file { id name contentType size sha256 state url }',
  issueUserToken: 'token expiresAt',
}

export async function mutate(
  { execute }: Pick<Opened, 'execute'>,
  mutation: string,
  input: object,
  options?: ExecuteOptions,
): Promise<Record<string, any>> {
  const document = `mutation ($input: ${getInputType(mutation)}) {
    ${mutation}(input: $input) { ${objectFields[mutation]} ${payloadFields} }
  }`
  return (await execute(document, { input }, options))[mutation] as Record<string, any>
}
