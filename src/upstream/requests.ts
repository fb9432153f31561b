import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import { validateResponse, parseResponse, type ParseResponseOptions } from './parse-response.ts'
import type { AccountCache } from './account-cache.ts'
import type { AuthorizedExchange } from './authorized-exchange.ts'
import type { CallContext, SendContext } from './call-context.ts'
import type { ReceivedResponse, VendorClient, ReadOptions, WriteOptions } from './vendor-client.ts'
import type { Clock } from './clock.ts'
import type { CallEvent, ReadEvent } from './events.ts'
import { toCallProblem, isVendorHealthError } from './failure.ts'
import type { FileOpener } from './file-opener.ts'
import type { FileRequest, FileResponse, FileSource } from './file.ts'
import type { UpstreamLimits } from './limits.ts'
import { BaseUrl, type RequestPath } from './path.ts'
import type { RequestScheduler } from './request-scheduler.ts'
import { ReplayableStream } from './replayable-stream.ts'
import { isBodyConsumed, createWriteRequest, type VendorRequest } from './request.ts'
import { Reads } from './reads.ts'
import type { Retries } from './retries.ts'
import { getReadAttempts, getWriteAttempts } from './retry.ts'
import type { SharedCache } from './shared-cache.ts'
import type { RetryQuota } from './retry-quota.ts'
import type { AccessToken, TokenProvider } from './token-provider.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { VendorResponseError } from './vendor-error.ts'

/** A call that is canceled after the vendor has not responded for this time, in milliseconds, counts as a vendor error. */
const minHangMs = 5_000
/** A larger body, in bytes, takes so long to parse that callers must take turns. */
const largeBodyBytes = 32 * 1024

export interface RequestsOptions {
  account: string
  baseUrl: BaseUrl
  limits: UpstreamLimits
  clock: Clock
  parseOptions: ParseResponseOptions
  exchange: AuthorizedExchange
  scheduler: RequestScheduler
  tokens: TokenProvider
  quota: RetryQuota
  retries: Retries
  files: FileOpener
  /** Reports that the vendor rejected a token. @param date `Date` header of the response. */
  onTokenRejected(date: string | undefined): void
  /** Null if nothing is cached. */
  cache: AccountCache | null
  /** Null if no other process serves the account. */
  sharedCache: SharedCache | null
  onCall?: ((event: CallEvent) => void) | undefined
  onRead?: ((event: ReadEvent) => void) | undefined
}

/** Sends an account's requests: waits for a slot, attaches the token, and retries if that is safe. */
export class Requests implements VendorClient {
  readonly #options: RequestsOptions
  readonly #mutex = new KeyedMutex()
  readonly #reads: Reads
  /** Number of attempts. */
  count = 0
  /** Vendor error of the most recent request. Null if it succeeded. */
  problem: Problem | null = null
  /** Most recent vendor error, even if later requests succeeded. */
  lastProblem: Problem | null = null

  constructor(options: RequestsOptions) {
    const { account, baseUrl, cache, sharedCache, onRead } = options
    this.#options = options
    this.#reads = new Reads({
      account,
      baseUrl,
      cache,
      sharedCache,
      onRead,
      send: (request, call) => this.#send(request, call),
      onSuccess: () => void (this.problem = null),
      onError: (error, signal) => this.#toProblem(error, signal),
    })
  }

  read<T>(path: RequestPath, options: ReadOptions<T>, call: CallContext): Promise<T> {
    return this.#reads.read(path, options, call)
  }

  async write<T = void>(
    method: VendorRequest['method'],
    path: RequestPath,
    write: WriteOptions<T>,
    call: CallContext,
  ): Promise<T> {
    const base = write.baseUrl === undefined ? this.#options.baseUrl : new BaseUrl(write.baseUrl)
    const request = createWriteRequest(method, base.createTarget(path, write.query), write, call)
    const hasEffect = write.hasEffect !== false
    if (hasEffect) call.writesStarted++
    try {
      const response = await this.#send(request, call)
      // The write took effect, even if its body cannot be read.
      if (hasEffect) call.writesSucceeded++
      const value = write.schema ? validateResponse(write.schema, response) : undefined
      this.problem = null
      return value as T
    } catch (error) {
      const problem = this.#toProblem(error, call.signal)
      throw hasEffect ? problem : problem.markWithoutEffect()
    } finally {
      // A write can change what was read before, even if it failed: its response can have been lost.
      call.forgetReads()
      this.#reads.forgetCalls()
      if (request.body instanceof ReplayableStream) request.body.close()
    }
  }

  openFile(source: FileSource, request: FileRequest, call: CallContext): Promise<FileResponse> {
    return this.#options.files.open(source, request, call)
  }

  /** See `Reads.forgetTopics`. */
  forgetTopics(topics: readonly string[]): void {
    this.#reads.forgetTopics(topics)
  }

  #toProblem(error: unknown, signal: AbortSignal): Problem {
    const problem = toCallProblem(error, signal)
    problem.account = this.#options.account
    if (isVendorHealthError(problem)) this.problem = this.lastProblem = problem
    return problem
  }

  /** Sends a request when no other one holds its lock key. */
  async #send(request: VendorRequest, call: SendContext): Promise<ReceivedResponse> {
    call.signal.throwIfAborted()
    const { lockKey } = request
    return lockKey === undefined
      ? this.#sendWithRetries(request, call)
      : this.#mutex.runExclusive(lockKey, call, () => this.#sendWithRetries(request, call))
  }

  /** Sends one attempt with one token. */
  async #attempt(
    request: VendorRequest,
    token: AccessToken,
    call: SendContext,
    attempt: number,
  ): Promise<ReceivedResponse> {
    call.vendorCalls?.take()
    call.onSend?.()
    const { account, clock, exchange, parseOptions, onCall } = this.#options
    const startedAt = clock.now()
    let status: number | null = null
    let code: Code | null = null
    this.count++
    const memory = call.budget?.reserve(call.caller)
    try {
      const response = await exchange(request, token.value, memory, call.signal)
      status = response.status
      if (response.body.length > largeBodyBytes) await takeTurn(call.caller)
      return await parseResponse(response, request.isText, parseOptions)
    } catch (error) {
      const problem = toCallProblem(error, call.signal, 'unknown')
      status ??= problem.vendorStatus
      code = problem.code
      const isHanging = code === 'DEADLINE_EXCEEDED' && status === null && !(request.body instanceof ReplayableStream)
      // The account's health must show the problem before the retries end, which takes long if the vendor hangs.
      if (code === 'VENDOR_TIMEOUT' || (isHanging && clock.now() - startedAt >= minHangMs)) {
        problem.account = account
        this.problem = this.lastProblem = problem
      }
      throw problem
    } finally {
      memory?.release()
      const ms = clock.now() - startedAt
      const requestId = call.requestId ?? null
      onCall?.({ kind: 'call', method: request.method, status, code, ms, attempt, requestId })
    }
  }

  async #waitForToken(call: SendContext): Promise<AccessToken> {
    call.onTokenWait?.(true)
    try {
      return await this.#getToken(call)
    } finally {
      call.onTokenWait?.(false)
    }
  }

  /** Returns the account's token. Waits for a cooldown of the token endpoint if it ends before the call's deadline. */
  async #getToken({ time, signal }: SendContext): Promise<AccessToken> {
    const { tokens, clock, limits } = this.#options
    for (let attempt = 1; ; attempt++) {
      try {
        return await tokens.getToken(signal)
      } catch (error) {
        const { retryAt } = error instanceof Problem ? error : { retryAt: null }
        if (retryAt === null || retryAt >= time.deadline || attempt === limits.attempts) throw error
        // A timer can fire before the clock shows its time.
        await clock.sleep(Math.max(0, retryAt - clock.now()) + 1, signal)
      }
    }
  }

  /** Sends all attempts of one request. */
  async #sendWithRetries(request: VendorRequest, call: SendContext): Promise<ReceivedResponse> {
    const { tokens, limits, onTokenRejected, scheduler, quota, retries } = this.#options
    let isRenewed = false
    let paid = 0
    let sentAttempts = 0
    for (let attempt = 1; ;) {
      const token = tokens.findValidToken() ?? (await this.#waitForToken(call))
      try {
        const response = await scheduler.execute(request, call, () =>
          this.#attempt(request, token, call, ++sentAttempts),
        )
        tokens.markAccepted(token)
        quota.recordSuccess(call.caller, paid)
        return response
      } catch (error) {
        const problem = toCallProblem(error, call.signal)
        if (problem instanceof VendorResponseError && problem.isTokenRejected) {
          onTokenRejected(problem.date)
          if (!tokens.markRejected(token) || isRenewed || isBodyConsumed(request)) throw problem
          isRenewed = true
          continue
        }
        const maxAttempts = (request.singleUse ? getWriteAttempts : getReadAttempts)(problem, limits)
        paid = await retries.wait({ request, call, problem, attempt: attempt++, maxAttempts })
      }
    }
  }
}
