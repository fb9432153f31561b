import type { DownloadLink } from '../../auth/download-links.ts'
import type { ByteBudget } from '../../core/byte-budget.ts'
import { Problem } from '../../core/errors.ts'
import { CallContext } from '../../upstream/call-context.ts'
import type { FileRequest, FileResponse } from '../../upstream/file.ts'
import { OperationTimer } from '../guard/operation-timer.ts'
import type { HttpLimits } from '../limits.ts'
import type { RequestLabels } from '../request-labels.ts'
import type { PendingResponse } from '../response/response-sender.ts'
import { securityHeaders } from '../response/security-headers.ts'
import { createDownloadHeaders } from './download-headers.ts'
import { FileTransfer, type DownloadOutcome } from './file-transfer.ts'
import { parseRange } from './range.ts'
import type { TransferTurns } from './transfer-turns.ts'

/** Memory that every download reserves: buffers of both connections. */
const downloadBytes = 512 * 1024

/** What a download needs of the server. */
export interface DownloadParts {
  limits: HttpLimits
  budget: ByteBudget
  /** Opens the recording of a link at its vendor. @throws Problem */
  openRecording(link: DownloadLink, request: FileRequest, call: CallContext): Promise<FileResponse>
  turns: TransferTurns
  onSlowReader(labels: RequestLabels): void
  onEnd(end: DownloadEnd): void
}

export interface DownloadRequest {
  link: DownloadLink
  fileName: string
  method: 'GET' | 'HEAD'
  pending: PendingResponse
}

/** Facts about a download that has ended, for the log and the metrics. */
export interface DownloadEnd {
  labels: RequestLabels
  link: DownloadLink
  /** Status of the response. */
  status: number
  outcome: DownloadOutcome
  /** Bytes of the file that were sent. */
  bytes: number
  durationMs: number
}

/** One request for a recording. */
export class Download {
  readonly #parts: DownloadParts
  readonly #request: DownloadRequest
  readonly #timer: OperationTimer
  readonly #started = performance.now()
  #transfer: FileTransfer | null = null

  constructor(parts: DownloadParts, request: DownloadRequest) {
    const { operationDeadline, deadlineGrace } = parts.limits
    this.#parts = parts
    this.#request = request
    this.#timer = new OperationTimer({ timeoutMs: operationDeadline, graceMs: deadlineGrace })
  }

  /** Sends the file. @throws Problem, if nothing was sent. */
  async run(): Promise<void> {
    const { link, pending } = this.#request
    const { response, request } = pending
    const memory = this.#parts.budget.reserve(link.caller)
    try {
      memory.hold(downloadBytes)
      const file = await this.#open()
      if (response.closed || request.socket.destroyed) file.body?.destroy()
      else await this.#send(file)
    } finally {
      memory.release()
    }
  }

  abort(problem: Problem): void {
    this.#timer.abort(problem)
    this.#transfer?.abort(problem.code)
  }

  /** @param error Reason why nothing of the file was sent. */
  createEnd(status: number, error: unknown): DownloadEnd {
    const code = error instanceof Problem ? error.code : 'INTERNAL'
    return this.#createEnd(status, this.#request.pending.response.closed ? 'disconnected' : code)
  }

  /** The vendor must respond before the deadline of an operation, and while the client is connected. */
  async #open(): Promise<FileResponse> {
    const { link, method, pending } = this.#request
    const { request, response, labels } = pending
    const { range, 'if-range': ifRange = null } = request.headers
    const timer = this.#timer
    const onClose = (): void => timer.abort(new Problem('DEADLINE_EXCEEDED', 'The client closed the connection.'))
    response.once('close', onClose)
    timer.start()
    const call = new CallContext({
      caller: link.caller,
      signal: timer.signal,
      time: timer,
      budget: this.#parts.budget,
      requestId: labels.requestId,
    })
    const fileRequest = { method, range: parseRange(range), ifRange: typeof ifRange === 'string' ? ifRange : null }
    const opening = this.#parts.openRecording(link, fileRequest, call)
    try {
      return await timer.settle(opening)
    } catch (error) {
      // The vendor can respond after the deadline.
      opening.then(({ body }) => body?.destroy()).catch(() => {})
      throw error
    } finally {
      timer.stop()
      response.off('close', onClose)
    }
  }

  async #send(file: FileResponse): Promise<void> {
    const { link, fileName, pending } = this.#request
    const { response, labels, headers } = pending
    const { limits, turns, onSlowReader, onEnd } = this.#parts
    response.writeHead(file.status, {
      'x-request-id': labels.requestId,
      ...securityHeaders,
      ...headers,
      ...createDownloadHeaders(file, fileName, link.contentType),
    })
    if (file.body === null) {
      response.end()
      return onEnd(this.#createEnd(file.status, 'complete'))
    }
    response.flushHeaders()
    this.#transfer = new FileTransfer(file.body, response, {
      length: file.contentLength,
      pace: { bytes: limits.downloadProgressBytes, intervalMs: limits.downloadProgressTime },
      turns,
      onSlowReader: () => onSlowReader(labels),
    })
    const outcome = await this.#transfer.run()
    onEnd(this.#createEnd(file.status, outcome))
  }

  #createEnd(status: number, outcome: DownloadOutcome): DownloadEnd {
    const { link, pending } = this.#request
    const bytes = this.#transfer?.sentBytes ?? 0
    return { labels: pending.labels, link, status, outcome, bytes, durationMs: performance.now() - this.#started }
  }
}
