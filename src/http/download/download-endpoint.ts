import type { IncomingMessage } from 'node:http'
import type { DownloadLink, DownloadLinks } from '../../auth/download-links.ts'
import type { ByteBudget } from '../../core/byte-budget.ts'
import { Problem } from '../../core/errors.ts'
import type { HttpLimits } from '../limits.ts'
import { hasBody } from '../request/body.ts'
import { createBadRequest } from '../response/http-error.ts'
import { getRoute } from '../request/target.ts'
import { createErrorResponse } from '../response/error-response.ts'
import type { ErrorFormatter } from '../response/format-error.ts'
import { HttpError } from '../response/http-error.ts'
import type { OutgoingResponse } from '../response/outgoing-response.ts'
import type { PendingResponse } from '../response/response-sender.ts'
import { createMissingFileError, toDownloadError } from './download-error.ts'
import { Download, type DownloadEnd, type DownloadParts } from './download.ts'
import { TransferTurns } from './transfer-turns.ts'

export interface DownloadOptions {
  links: Pick<DownloadLinks, 'read'>
  /** Whether the caller who created a link can still use it. */
  isAllowed(link: DownloadLink): boolean
  openRecording: DownloadParts['openRecording']
  /** Called when a download has ended, or was rejected although its link had not expired. */
  onEnd(end: DownloadEnd): void
}

/** Objects that the endpoint shares with the rest of the server. */
interface DownloadEndpointParts {
  limits: HttpLimits
  budget: ByteBudget
  /** Called when a request has a link that authenticates. */
  onAuthenticated(request: IncomingMessage): void
  onSlowReader: DownloadParts['onSlowReader']
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
}

/** The last two segments of a path below `/recordings`. */
export interface DownloadPath {
  token: string
  /** Null if it is not valid percent-encoded UTF-8. */
  fileName: string | null
}

/** Serves recordings at `/recordings/{token}/{fileName}`. The link is the only credential of a request. */
export class DownloadEndpoint {
  readonly #options: DownloadOptions
  readonly #parts: DownloadEndpointParts
  readonly #running = new Set<Download>()
  readonly #turns = new TransferTurns()
  #stopped: Problem | null = null

  constructor(options: DownloadOptions, parts: DownloadEndpointParts) {
    this.#options = options
    this.#parts = parts
  }

  /** Number of downloads in progress. */
  get size(): number {
    return this.#running.size
  }

  /** Returns null if the path is not that of a download. */
  find(request: IncomingMessage, basePath: string): DownloadPath | null {
    // Nearly all requests are for other paths.
    if (request.url?.includes('/recordings/') !== true) return null
    const [, token, name] = /^\/recordings\/([^/]*)\/([^/]*)$/.exec(getRoute(request, basePath)) ?? []
    return token === undefined || name === undefined ? null : { token, fileName: decodeName(name) }
  }

  /**
   * Sends the file. Returns the response if a valid link cannot be used.
   *
   * @throws `HttpError` if the request has no valid link.
   */
  async handle({ token, fileName }: DownloadPath, pending: PendingResponse): Promise<OutgoingResponse | void> {
    const { request, headers } = pending
    const { method } = request
    // A page of an allowed origin asks for permission before it sends a header such as `If-Range`.
    if (method === 'OPTIONS' && 'access-control-allow-origin' in headers) return { status: 204 }
    if (method !== 'GET' && method !== 'HEAD') throw createMethodError()
    if (hasBody(request)) throw createBadRequest('The request must not have a body.')
    const link = fileName === null ? null : this.#options.links.read(token, fileName)
    if (link === null || fileName === null) throw createMissingFileError()
    this.#parts.onAuthenticated(request)
    if (link.expiresAt <= Date.now())
      throw new HttpError(new Problem('LINK_EXPIRED', 'The link has expired. Request a new "downloadUrl".'))
    const download = new Download(
      { ...this.#options, ...this.#parts, turns: this.#turns },
      { link, fileName, method, pending },
    )
    try {
      this.#assertRoom(link)
      this.#running.add(download)
      await download.run()
    } catch (error) {
      const formatter = this.#parts.createErrorFormatter(pending.labels.requestId, false)
      const { code: _, ...response } = createErrorResponse(toDownloadError(error), formatter)
      this.#options.onEnd(download.createEnd(response.status, error))
      return response
    } finally {
      this.#running.delete(download)
    }
  }

  /** Rejects all further downloads. Those in progress continue. */
  stop(problem: Problem): void {
    this.#stopped = problem
  }

  /** Aborts all downloads in progress. */
  abort(problem: Problem): void {
    for (const download of this.#running) download.abort(problem)
  }

  #assertRoom(link: DownloadLink): void {
    if (this.#stopped) throw this.#stopped
    if (!this.#options.isAllowed(link))
      throw new Problem(
        'FORBIDDEN',
        'The caller who created the link can no longer download recordings of this account.',
      )
    const { downloads } = this.#parts.limits
    if (this.#running.size >= downloads)
      throw new Problem(
        'OVERLOADED',
        `The server has too many downloads in progress. The limit "downloads" is ${downloads}.`,
      )
  }
}

function decodeName(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

function createMethodError(): HttpError {
  const problem = new Problem('BAD_USER_INPUT', 'The HTTP method must be GET or HEAD.')
  return new HttpError(problem, { status: 405, headers: { allow: 'GET, HEAD' } })
}
