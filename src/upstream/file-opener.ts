import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import type { createTokenAttacher } from './authorized-exchange.ts'
import type { CallContext } from './call-context.ts'
import type { Clock } from './clock.ts'
import type { CallEvent } from './events.ts'
import { toCallProblem } from './failure.ts'
import { createBadFileProblem, parseFileResponse } from './file-response.ts'
import type { FileLocation, FileRequest, FileResponse, FileSource } from './file.ts'
import { createFileHeaders, type HeaderList } from './headers.ts'
import { parseResponse, type ParseResponseOptions } from './parse-response.ts'
import { toUrl, type BaseUrl, type Target } from './path.ts'
import type { StreamedResponse } from './streamed-attempt.ts'
import type { TokenProvider } from './token-provider.ts'
import type { Transport } from './transport.ts'
import type { VendorClient } from './vendor-client.ts'
import { VendorResponseError } from './vendor-error.ts'

/** Maximum number of consecutive redirects to the host that has the file. */
const maxRedirects = 5
/** Bytes that are read of a response that is not a file. */
const maxErrorBytes = 64 * 1024

export interface FileOpenerOptions {
  account: string
  baseUrl: BaseUrl
  transport: Transport
  tokens: TokenProvider
  clock: Clock
  parseOptions: ParseResponseOptions
  attachToken: ReturnType<typeof createTokenAttacher>
  onCall?: ((event: CallEvent) => void) | undefined
}

/**
 * Opens an account's files. Files use no in-flight slots, because one download can take hours, and do not count toward the
 * circuit breaker, because the host of the files is not that of the API.
 */
export class FileOpener implements Pick<VendorClient, 'openFile'> {
  readonly #options: FileOpenerOptions

  constructor(options: FileOpenerOptions) {
    this.#options = options
  }

  /** See `VendorClient.openFile`. */
  readonly openFile = async (source: FileSource, request: FileRequest, call: CallContext): Promise<FileResponse> => {
    try {
      const response = await this.#openWithMethod(source, request, call)
      if (request.method === 'GET') return response
      response.body?.destroy()
      return { ...response, body: null }
    } catch (error) {
      const problem = toCallProblem(error, call.signal)
      problem.account = this.#options.account
      throw problem
    }
  }

  /** A host that does not support HEAD, or sends no length, gets a GET whose body is not read. */
  async #openWithMethod(source: FileSource, request: FileRequest, call: CallContext): Promise<FileResponse> {
    if (request.method === 'GET') return this.#openWithTokens(source, request, call)
    try {
      const response = await this.#openWithTokens(source, request, call)
      if (response.status === 416 || response.contentLength !== null) return response
      response.body?.destroy()
    } catch (error) {
      if (!(error instanceof Problem) || !headFailureCodes.has(error.code)) throw error
    }
    return this.#openWithTokens(source, { ...request, method: 'GET' }, call)
  }

  /** Uses the token of the file, then the account's, then a renewed one, until the vendor accepts one. */
  async #openWithTokens(source: FileSource, request: FileRequest, call: CallContext): Promise<FileResponse> {
    const { tokens } = this.#options
    const fileToken = 'url' in source ? source.token : null
    if (fileToken !== null) {
      const response = await this.#unlessRejected(() => this.#exchange(source, request, fileToken, call))
      if (response) return response
    }
    const token = await tokens.getToken(call.signal)
    const response = await this.#unlessRejected(() => this.#exchange(source, request, token.value, call))
    if (response) return response
    // Not `markRejected`: a host that accepts no token of the account must not make its other calls fail.
    tokens.discard(token)
    const renewed = await tokens.getToken(call.signal)
    const isNew = renewed.generation !== token.generation
    const last = isNew && (await this.#unlessRejected(() => this.#exchange(source, request, renewed.value, call)))
    if (last) return last
    throw createBadFileProblem('The vendor rejected the access token for the file.')
  }

  /** Returns null if the vendor rejected the access token. */
  async #unlessRejected(open: () => Promise<FileResponse>): Promise<FileResponse | null> {
    try {
      return await open()
    } catch (error) {
      if (error instanceof VendorResponseError && error.isTokenRejected) return null
      throw error
    }
  }

  /** Sends a request and follows its redirects. */
  async #exchange(source: FileSource, request: FileRequest, token: string, call: CallContext): Promise<FileResponse> {
    call.vendorCalls?.take()
    const { clock, onCall } = this.#options
    const startedAt = clock.now()
    let status: number | null = null
    let code: Code | null = null
    try {
      const response = await this.#follow(source, request, token, call.signal)
      status = response.status
      const canBeJson = 'url' in source && source.canBeJson
      return !canBeJson && isJson(response)
        ? await this.#throwError(response, call.signal)
        : (parseFileResponse(response, request) ?? (await this.#throwError(response, call.signal)))
    } catch (error) {
      const problem = toCallProblem(error, call.signal, 'unknown')
      status ??= problem.vendorStatus
      code = problem.code
      throw problem
    } finally {
      const ms = clock.now() - startedAt
      const { method } = request
      onCall?.({ kind: 'call', method, status, code, ms, attempt: 1, requestId: call.requestId ?? null })
    }
  }

  /** The token goes only to the first origin, and never again after a redirect to another one. */
  async #follow(
    source: FileSource,
    request: FileRequest,
    token: string,
    signal: AbortSignal,
  ): Promise<StreamedResponse> {
    const { transport, baseUrl, attachToken } = this.#options
    const { method } = request
    const plain: HeaderList = createFileHeaders(request)
    let target = 'path' in source ? baseUrl.createTarget(source.path) : toTarget(source.url, source)
    const { origin: firstOrigin } = target
    let hasToken = true
    for (let redirects = 0; ; redirects++) {
      const { origin, path, headers } = hasToken ? attachToken(target, plain, token) : { ...target, headers: plain }
      const response = await transport.openStream({ method, origin, path, headers }, signal)
      const { location } = response.headers
      if (!redirectStatuses.has(response.status) || location === undefined) return response
      response.body.destroy()
      if ('path' in source || redirects === maxRedirects) throw createRedirectProblem(response.status)
      const url = URL.parse(location, toUrl(target).href)
      if (url === null) throw createRedirectProblem(response.status)
      target = toTarget(url, source)
      hasToken &&= target.origin === firstOrigin
    }
  }

  /** Reads the start of a response that is not a file, and throws its error. */
  async #throwError({ status, headers, body }: StreamedResponse, signal: AbortSignal): Promise<never> {
    const chunks: Buffer[] = []
    let size = 0
    const onAbort = (): void => void body.destroy(signal.reason as Error)
    signal.addEventListener('abort', onAbort)
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        chunks.push(chunk)
        size += chunk.length
        if (size > maxErrorBytes) break
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
    if (body.failure) throw body.failure
    await parseResponse({ status, headers, body: Buffer.concat(chunks) }, false, this.#options.parseOptions)
    throw createBadFileProblem('The vendor did not return the file.', status)
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Errors with which a host can respond to HEAD although it serves the file. */
const headFailureCodes: ReadonlySet<Code> = new Set<Code>([
  'NOT_FOUND',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_FORBIDDEN',
  'VENDOR_REJECTED',
  'VENDOR_UNAVAILABLE',
])

const isJson = ({ status, headers }: StreamedResponse): boolean =>
  status < 300 && /[/+]json\b/i.test(headers['content-type'] ?? '')

/** @throws `VENDOR_BAD_RESPONSE` if no request can be sent to the URL. */
function toTarget(url: URL, { canOpen }: FileLocation): Target {
  if (url.username !== '' || url.password !== '' || !canOpen(url)) throw createRedirectProblem()
  return { origin: url.origin, path: url.pathname + url.search }
}

const createRedirectProblem = (status?: number): Problem =>
  createBadFileProblem('The vendor referred to a URL at which Parley does not read files.', status)
