import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import { AnswerCache } from './answer-cache.ts'
import { now } from './clock.ts'
import { curable, deaths, logNormal, type Death } from './faults.ts'
import { sandboxes, type OpenSandbox, type Slug } from './sandboxes.ts'

export interface AccountPlan {
  key: string
  vendor: Slug
  /** What is written meets only faults after which nobody can doubt what was done. */
  written: boolean
  /** Seconds; of iMeet Central at least 6. */
  tokenLife: number
}

/** How an account answers: in good health, not at all, or so many ms late. */
export type Health = 'well' | Death | number

/** What one account has seen. */
export interface Seen {
  /** Requests for data, tokens left out. */
  calls: number
  tokens: number
  /** Faults that answers met, and answers that found a token dead. */
  faults: number
  /** Most calls at one time. */
  peak: number
}

/** Calls by what they asked: [index into `urls`, arrival, end] again and again, on the shared clock. */
export interface Times {
  urls: string[]
  answered: number[]
  /** The client went before the answer. */
  abandoned: number[]
}

/** So many ms in which one address meets no second fault, so that a retry succeeds. */
const once = 1_000
/** After so many calls the token dies, which several calls meet: about a fifth of all faults. */
const tokenCalls = 400
const curableShare = 0.8
/** For so many ms in so many is an account that is written refusing connections. */
const refusal = { every: 100, length: 4 }

/** One vendor account: its sandbox, behind latency and faults, with counts of what it has seen. */
export class VendorAccount {
  readonly plan: AccountPlan
  readonly seen: Seen = { calls: 0, tokens: 0, faults: 0, peak: 0 }
  health: Health = 'well'
  /** Whether answers take a vendor's time. */
  slow = false
  /** Whether times are kept, which takes memory. */
  watched = false
  #open!: OpenSandbox
  #server: Server | undefined
  readonly #cache = new AnswerCache()
  #share = 0
  #inFlight = 0
  #closed = false
  readonly #lastFault = new Map<string, number>()
  readonly #indices = new Map<string, number>()
  #times: Times = { urls: [], answered: [], abandoned: [] }

  private constructor(plan: AccountPlan) {
    this.plan = plan
  }

  static async start(plan: AccountPlan): Promise<VendorAccount> {
    const account = new VendorAccount(plan)
    const before = account.#before.bind(account)
    account.#open = await sandboxes[plan.vendor]({ port: 0, tokenLife: plan.tokenLife, before })
    if (plan.written) setInterval(() => account.#refuse(), refusal.every).unref()
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

  /** From now on this share of the calls meets, once, what a retry cures. */
  trouble(share: number): void {
    this.#share = share
  }
  /** The times of the calls since they were last taken. */
  takeTimes(): Times {
    const taken = this.#times
    this.#indices.clear()
    this.#times = { urls: [], answered: [], abandoned: [] }
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
    // The harness counts for itself.
    if (ledger.length > 1_000) ledger.length = 0
    const url = request.url ?? ''
    const isToken = /^\/(oauth|oauth2)\//.test(url)
    if (isToken) this.seen.tokens++
    else {
      if (++this.seen.calls % tokenCalls === 0 && this.#share > 0) this.#revoke()
      this.seen.peak = Math.max(this.seen.peak, ++this.#inFlight)
    }
    response.once('close', () => {
      if (isToken) return
      this.#inFlight--
      if (response.statusCode === 401 || response.statusCode === 403) this.seen.faults++
      if (this.watched) this.#note(`${request.method} ${url}`, arrived, response.writableFinished)
    })
    const wait = typeof this.health === 'number' ? this.health : this.slow ? logNormal(40, 400) : 0
    const go = (): void => this.#answer(request, response, serve, isToken)
    if (wait > 0) setTimeout(go, wait)
    else go()
  }

  #answer(request: IncomingMessage, response: ServerResponse, serve: () => void, isToken: boolean): void {
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

  /** Writes come on connections of their own: a port that is closed for a moment refuses them. */
  #refuse(): void {
    const server = this.#server
    if (!server?.listening || this.#share === 0) return
    // Not that of HTTP, which would end the connections that there are.
    Server.prototype.close.call(server)
    const { port, hostname } = new URL(this.#open.sandbox.url)
    setTimeout(() => this.#closed || server.listen(Number(port), hostname), refusal.length)
  }

  #note(url: string, arrived: number, complete: boolean): void {
    const { urls, answered, abandoned } = this.#times
    let index = this.#indices.get(url)
    if (index === undefined) this.#indices.set(url, (index = urls.push(url) - 1))
    ;(complete ? answered : abandoned).push(index, arrived, now())
  }
}
