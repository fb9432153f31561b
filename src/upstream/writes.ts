import type { CallContext } from './call-context.ts'
import { KeyedMutex } from './keyed-mutex.ts'
import { validateResponse } from './parse-response.ts'
import { BaseUrl, type RequestPath } from './path.ts'
import type { Reads } from './reads.ts'
import { ReplayableStream } from './replayable-stream.ts'
import { createWriteRequest, type VendorRequest } from './request.ts'
import type { RequestSender } from './request-sender.ts'
import type { VendorClient, WriteOptions } from './vendor-client.ts'

export interface WritesOptions {
  baseUrl: BaseUrl
  sender: RequestSender
  reads: Reads
}

/** Writes of one account. Writes with the same lock key are sent one at a time. */
export class Writes implements Pick<VendorClient, 'write'> {
  readonly #options: WritesOptions
  readonly #mutex = new KeyedMutex()

  constructor(options: WritesOptions) {
    this.#options = options
  }

  /** See `VendorClient.write`. */
  readonly write = async <T = void>(
    method: VendorRequest['method'],
    path: RequestPath,
    options: WriteOptions<T>,
    call: CallContext,
  ): Promise<T> => {
    const { baseUrl, sender, reads } = this.#options
    const { lockKey, schema, query, hasEffect = true } = options
    const base = options.baseUrl === undefined ? baseUrl : new BaseUrl(options.baseUrl)
    const request = createWriteRequest(method, base.createTarget(path, query), options, call)
    if (hasEffect) call.writesStarted++
    try {
      const response = await (lockKey === undefined
        ? sender.send(request, call)
        : this.#mutex.runExclusive(lockKey, call, () => sender.send(request, call)))
      // The write took effect, even if its body cannot be read.
      if (hasEffect) call.writesSucceeded++
      const value = schema ? validateResponse(schema, response) : undefined
      sender.recordSuccess()
      return value as T
    } catch (error) {
      const problem = sender.toProblem(error, call.signal)
      throw hasEffect ? problem : problem.markWithoutEffect()
    } finally {
      // A write can change what was read before, even if it failed: its response can have been lost.
      call.forgetReads()
      reads.forgetCalls()
      if (request.body instanceof ReplayableStream) request.body.close()
    }
  }
}
