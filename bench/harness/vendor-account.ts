import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import { ResponseCache } from './response-cache.ts'
import { now } from './clock.ts'
import { curable, deaths, logNormal, type Death } from './faults.ts'
import { sandboxes, type OpenSandbox, type Slug } from './sandboxes.ts'

export interface AccountPlan {
  key: string
  vendor: Slug
  /** Whether the account receives writes. It then has only faults after which the effect of a write is certain. */
  written: boolean
  /** Lifetime of a token in seconds. iMeet Central: at least 6. */
  tokenLife: number
}

/** State of an account: healthy, failing, or the delay of its responses in milliseconds. */
export type Health = 'well' | Death | number

/** Counts of one account. */
export interface Seen {
  /** Requests, without token requests. */
  calls: number
  tokens: number
  /** Injected faults, and responses to requests with a revoked token. */
  faults: number
  /** Maximum number of concurrent calls. */
  peak: number
}

/** Times of requests on the shared clock. Calls are repeated triples: index into `urls`, arrival, end. */
export interface Times {
  urls: string[]
  completed: number[]
  /** Calls that ended before the response was complete: the client disconnected, or the connection failed. */
  abandoned: number[]
  /** Token requests, as repeated pairs: arrival, end. */
  tokens: number[]
}

const noTimes = (): Times => ({ urls: [], completed: [], abandoned: [], tokens: [] })

/** Time in milliseconds in which a URL has no second fault, so that a retry succeeds. */
const once = 1_000
/** Number of calls after which the token is revoked. Several calls then fail: about a fifth of all faults. */
const tokenCalls = 400
const curableShare = 0.8
/** An account that receives writes rejects connections for `length` ms in every `every` ms. */
const outage = { every: 100, length: 4 }

/** One vendor account: its sandbox with injected latency and faults, and its counts. */
export class VendorAccount {
  readonly plan: AccountPlan
  readonly seen: Seen = { calls: 0, tokens: 0, faults: 0, peak: 0 }
  health: Health = 'well'
  /** Whether responses have the latency of a vendor. */
  slow = false
  /** Whether times are recorded, which requires memory. */
  watched = false
  #open!: OpenSandbox
  #server: Server | undefined
  readonly #cache = new ResponseCache()
  #share = 0
  #inFlight = 0
  #closed = false
  readonly #lastFault = new Map<string, number>()
  readonly #indices = new Map<string, number>()
  #times: Times = noTimes()

  private constructor(plan: AccountPlan) {
    this.plan = plan
  }

  static async start(plan: AccountPlan): Promise<VendorAccount> {
    const account = new VendorAccount(plan)
    const before = account.#before.bind(account)
    account.#open = await sandboxes[plan.vendor]({ port: 0, tokenLife: plan.tokenLife, before })
    if (plan.written) setInterval(() => account.#stopListening(), outage.every).unref()
    return account
  }

  get settings(): Record<string, unknown> {
    return this.#open.sandbox.account
  }
  get effects() {
    return this.#open.sandbox.effects
  }
  get truth() {
    return this.#open.truth()
  }

  /** Injects a fault that a retry overcomes into this share of the calls. */
  injectFaults(share: number): void {
    this.#share = share
  }
  /** Returns the times of the calls since the last time. */
  takeTimes(): Times {
    const taken = this.#times
    this.#indices.clear()
    this.#times = noTimes()
    return taken
  }
  close(): Promise<void> {
    this.#closed = true
    return this.#open.sandbox.close()
  }

  #before(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    const arrived = now()
    this.#server ??= (request.socket as Socket & { server: Server }).server
    const { ledger } = this.#open.sandbox
    // The harness has its own counts.
    if (ledger.length > 1_000) ledger.length = 0
    const url = request.url ?? ''
    const isToken = /^\/(oauth|oauth2)\//.test(url)
    if (isToken) this.seen.tokens++
    else {
      if (++this.seen.calls % tokenCalls === 0 && this.#share > 0) this.#revoke()
      this.seen.peak = Math.max(this.seen.peak, ++this.#inFlight)
    }
    response.once('close', () => {
      if (isToken) return this.#noteToken(arrived)
      this.#inFlight--
      if (response.statusCode === 401 || response.statusCode === 403) this.seen.faults++
      if (this.watched) this.#note(`${request.method} ${url}`, arrived, response.writableFinished)
    })
    const wait = typeof this.health === 'number' ? this.health : this.slow ? logNormal(40, 400) : 0
    const go = (): void => this.#respond(request, response, serve, isToken)
    if (wait > 0) setTimeout(go, wait)
    else go()
  }

  #respond(request: IncomingMessage, response: ServerResponse, serve: () => void, isToken: boolean): void {
    const { health } = this
    if (typeof health === 'string' && health !== 'well') return deaths[health](request, response, serve)
    if (isToken || this.plan.written) return serve()
    const cached = (): void => this.#cache.serve(request, response, serve)
    if (!this.#draw(request.url ?? '')) return cached()
    this.seen.faults++
    curable[Math.floor(Math.random() * curable.length)]!(request, response, cached)
  }

  #revoke(): void {
    this.#open.revokeTokens()
    this.#cache.forgetTokens()
  }

  #draw(url: string): boolean {
    if (Math.random() >= this.#share * curableShare || now() - (this.#lastFault.get(url) ?? -once) < once) return false
    this.#lastFault.set(url, now())
    return true
  }

  /** Closes the port for a short time, which rejects writes, because each has a new connection. */
  #stopListening(): void {
    const server = this.#server
    if (!server?.listening || this.#share === 0) return
    // `close` of an HTTP server would also end the open connections.
    Server.prototype.close.call(server)
    const { port, hostname } = new URL(this.#open.sandbox.url)
    setTimeout(() => this.#closed || server.listen(Number(port), hostname), outage.length)
  }

  #noteToken(arrived: number): void {
    if (this.watched) this.#times.tokens.push(arrived, now())
  }

  #note(url: string, arrived: number, complete: boolean): void {
    const { urls, completed, abandoned } = this.#times
    let index = this.#indices.get(url)
    if (index === undefined) this.#indices.set(url, (index = urls.push(url) - 1))
    ;(complete ? completed : abandoned).push(index, arrived, now())
  }
}
