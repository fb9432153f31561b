import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openStream } from '../http/stream/read-events.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'
import { signHook } from '../support/zoom-hook.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

const webhookSecret = 'webhook-secret-3f21'
const patient = { timeout: 40_000, interval: 20 }

const subscription = `subscription ($after: String, $filter: ConferenceEventFilter) {
  conferenceEvents(after: $after, filter: $filter) {
    cursor
    event { type conferenceId origin raw participant { displayName } }
    gaps { account { key } reason since until }
    sources { account { key } status interval heardAt problem { code } }
  }
}`

interface Message {
  cursor: string
  event: { type: string; conferenceId: string; origin: string; raw: unknown } | null
  gaps: { account: { key: string }; reason: string; since: string; until: string }[]
  sources: { account: { key: string }; status: string; heardAt: string | null; problem: { code: string } | null }[]
}

interface WatchOptions {
  after?: string
  filter?: object
}

/** A stream of events, as a client reads it. */
export class WatchedStream {
  readonly #stream: Awaited<ReturnType<typeof openStream>>

  constructor(stream: Awaited<ReturnType<typeof openStream>>) {
    this.#stream = stream
  }

  get messages(): Message[] {
    return this.#stream.events.flatMap(({ data }) => {
      const { conferenceEvents } = (data?.data ?? {}) as { conferenceEvents?: Message }
      return conferenceEvents ? [conferenceEvents] : []
    })
  }

  /** Messages with an event: the cursor, the type, and the conference. */
  get events(): string[] {
    return this.messages.flatMap(({ cursor, event }) =>
      event ? [`${cursor} ${event.type} ${event.conferenceId}`] : [],
    )
  }

  get gaps(): Message['gaps'] {
    return this.messages.flatMap(({ gaps }) => gaps)
  }

  /** Cursor of the newest message. */
  get cursor(): string {
    return this.messages.at(-1)!.cursor
  }

  /** Waits until this number of events have arrived, and returns them. */
  waitForEvents(count: number): Promise<string[]> {
    return vi.waitFor(() => {
      expect(this.events.length).toBeGreaterThanOrEqual(count)
      return this.events
    }, patient)
  }

  /** Waits until the newest message reports this status of an account, and the code of its problem. */
  async waitForStatus(account: string, status: string, code: string | null = null): Promise<void> {
    await vi.waitFor(() => {
      const source = this.messages.at(-1)?.sources.find(({ account: { key } }) => key === account)
      expect([source?.status, source?.problem?.code ?? null]).toEqual([status, code])
    }, patient)
  }

  leave(): void {
    this.#stream.leave()
  }
}

interface ProcessSettings {
  zoom?: object
  limits?: object
}

/** Processes that share a Redis, and the vendors of their accounts. They end when the test has finished. */
export class LiveProcesses {
  readonly redis: RedisServer
  readonly zoom: ZoomSandbox
  readonly trueconf: TrueConfSandbox
  readonly servers: ServerProcess[] = []

  constructor(redis: RedisServer, zoom: ZoomSandbox, trueconf: TrueConfSandbox) {
    this.redis = redis
    this.zoom = zoom
    this.trueconf = trueconf
  }

  static async open(): Promise<LiveProcesses> {
    const [redis, zoom, trueconf] = await Promise.all([
      startRedis(),
      startZoom({ seed: { active: 5, inactive: 0, pending: 0 } }),
      startTrueConf({ users: 20, conferences: 5, running: 1 }),
    ])
    const opened = new LiveProcesses(redis, zoom, trueconf)
    onTestFinished(() => opened.#close())
    return opened
  }

  /** Returns the configuration of a process, with more settings. */
  createConfiguration({ zoom = {}, limits = {} }: ProcessSettings = {}): object {
    return {
      accounts: { zoom: { ...this.zoom.account, webhookSecret, ...zoom }, trueconf: this.trueconf.account },
      redis: this.redis.url,
      cursorSecret: 'c'.repeat(32),
      limits: { eventPollCalls: 1_000_000, ...limits },
    }
  }

  /** Starts another process. */
  async start(settings: ProcessSettings = {}): Promise<ServerProcess> {
    const server = await startProcess(this.createConfiguration(settings), traceLog)
    this.servers.push(server)
    return server
  }

  /** Opens a stream at a process, and waits for its first message. */
  async watch(server: ServerProcess, { after, filter = {} }: WatchOptions = {}): Promise<WatchedStream> {
    const stream = await openStream(server, { query: subscription, variables: { after, filter } })
    await stream.waitForEvents(1)
    return new WatchedStream(stream)
  }

  /** Sends a webhook about a meeting to a process. Returns the status of the response. */
  async sendHook(server: ServerProcess, meeting: number, event = 'meeting.started'): Promise<number> {
    const time = 1_790_000_000_000 + meeting
    const object = { id: meeting, uuid: `uuid-${meeting}`, host_id: 'host', topic: 'A', start_url: 'start-url-77aa' }
    const body = JSON.stringify({ event, event_ts: time, payload: { account_id: this.zoom.accountId, object } })
    const headers = { 'content-type': 'application/json', ...signHook(body, webhookSecret) }
    return (await fetch(`${server.url}/hooks/zoom`, { method: 'POST', headers, body })).status
  }

  /** Number of times that the list of TrueConf's conferences was read. */
  countPolls(): number {
    return this.trueconf.ledger.filter(({ method, path }) => method === 'GET' && path.endsWith('/conferences')).length
  }

  /** Returns the contents of the files of Redis. */
  readFiles(): string {
    return readdirSync(this.redis.folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(this.redis.folder, name))
      .filter((name) => statSync(name).isFile())
      .map((name) => readFileSync(name, 'latin1'))
      .join('')
  }

  async #close(): Promise<void> {
    const defects = this.servers.flatMap((server) => server.lines().filter(({ msg }) => msg === 'internal error'))
    await Promise.all(this.servers.map((server) => server.stop('SIGKILL')))
    await Promise.all([this.zoom.close(), this.trueconf.close(), this.redis.stop()])
    expect(defects).toEqual([])
  }
}
