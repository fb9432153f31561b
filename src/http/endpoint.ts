import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Authenticate } from '../caller.ts'
import { Problem } from '../errors.ts'
import { Admission } from './admission.ts'
import { hasBody, limitDeclared, readBody } from './body.ts'
import type { HttpLimits } from './limits.ts'
import { heapIsFull } from './memory.ts'
import { MultipartRequest } from './multipart.ts'
import { answerType, bodyType, unsupported } from './negotiate.ts'
import { OperationNotes } from '../operation-notes.ts'
import { refusedWith, type ObserveOperation } from './observer.ts'
import { checkParameters, readJson, readQuery } from './parameters.ts'
import type { Parameters } from './parameters.ts'
import { createPipeline } from './pipeline.ts'
import type { Exchange, PipelineOptions } from './pipeline.ts'
import type { Presentation } from './present.ts'
import { send } from './reply.ts'
import type { Log } from './reply.ts'
import { Refusal } from './status.ts'
import { targetOf } from './target.ts'
import { Timebox } from './timebox.ts'

export interface EndpointOptions extends PipelineOptions {
  authenticate: Authenticate
  log: Log
  vendorOf(account: string): string | null
  observe?: ObserveOperation
}

interface Input {
  parameters: Parameters
  upload: MultipartRequest | null
}

/** What may surround the file in a multipart body. */
const envelopeBytes = 64 * 1024
const preflightHeaders = ['x-parley-csrf', 'apollo-require-preflight', 'x-graphql-yoga-csrf']

/** /graphql: from an HTTP request to the answer of one operation. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions
  readonly #run: ReturnType<typeof createPipeline>
  readonly #running = new Set<Timebox>()
  readonly #admission: Admission

  constructor(options: EndpointOptions) {
    this.#options = options
    this.#admission = new Admission(options.limits)
    this.#run = createPipeline(options)
  }

  /** Throws what the server answers as a refusal. */
  async handle(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const end = this.#options.observe?.(requestId, request.headers)
    try {
      const { operation, codes, notes } = await this.#serve(request, response, requestId)
      const { mutationCodes, failedSources } = notes
      end?.({ kind: operation?.operation ?? null, codes: [...codes, ...mutationCodes], failedSources })
    } catch (error) {
      end?.(refusedWith(error))
      throw error
    }
  }

  /** No operation follows. */
  close(): void {
    this.#admission.stop()
  }

  /** Aborts whatever still runs. */
  abort(problem: Problem): void {
    for (const timebox of this.#running) timebox.abort(problem)
  }

  async #serve(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<Exchange> {
    const { limits, authenticate } = this.#options
    const started = performance.now()
    const method = methodOf(request)
    if (heapIsFull() || !this.#admission.begin()) throw new Problem('OVERLOADED', 'Too much work; try again soon.')
    const timebox = new Timebox(limits.deadlineGrace)
    const start = () => timebox.start(limits.operationDeadline)
    // An upload may take as long as it moves; what is left to do then has an operation's time.
    if (isMultipart(request)) request.once('end', start)
    else start()
    this.#running.add(timebox)
    try {
      const caller = await authenticate(request.headers.authorization)
      const mediaType = answerType(request.headers.accept)
      const { parameters, upload } = await readInput(request, response, method, limits)
      const presentation = this.#presentation(requestId, caller.scopes.has('explore'))
      const base = { caller, requestId, method, mediaType, parameters, timebox, presentation }
      const exchange: Exchange = { ...base, codes: [], notes: new OperationNotes() }
      onDisconnect(response, exchange)
      const answer = await this.#run(exchange)
      // A client whose upload was malformed or too slow hears that, and not what its mutation made of it.
      if (upload?.failure) throw new Refusal(upload.failure)
      send(request, response, answer)
      this.#note(exchange, answer.status, started)
      return exchange
    } finally {
      timebox.end()
      this.#running.delete(timebox)
      this.#admission.end()
    }
  }

  #presentation(requestId: string, explore: boolean): Presentation {
    const { log, vendorOf } = this.#options
    return { requestId, explore, vendorOf, onDefect: (err) => log.error({ requestId, err }, 'defect') }
  }

  #note({ requestId, caller, operation, codes, notes }: Exchange, status: number, started: number): void {
    const { mutationCodes, failedSources } = notes
    this.#options.log.info(
      {
        requestId,
        caller: caller.name,
        operation: operation?.name?.value ?? null,
        kind: operation?.operation ?? null,
        status,
        duration: Math.round(performance.now() - started),
        codes: [...new Set([...codes, ...mutationCodes, ...failedSources.map(({ code }) => code)])],
        ...(failedSources.length > 0 && { partial: true }),
      },
      'operation',
    )
  }
}

function methodOf({ method }: IncomingMessage): 'GET' | 'POST' {
  if (method === 'GET' || method === 'POST') return method
  const problem = new Problem('BAD_USER_INPUT', 'Only GET and POST are answered here.')
  throw new Refusal(problem, { status: 405, headers: { allow: 'GET, POST' } })
}

function isMultipart({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
}

async function readInput(
  request: IncomingMessage,
  response: ServerResponse,
  method: 'GET' | 'POST',
  limits: HttpLimits,
): Promise<Input> {
  const { headers } = request
  if (method === 'GET') {
    if (hasBody(request) || headers['content-type'] !== undefined) throw unsupported('A GET has no body and no type.')
    return { parameters: readQuery(targetOf(request).query, limits), upload: null }
  }
  if (bodyType(headers['content-type'], headers['content-encoding']) === 'json') {
    limitDeclared(request, limits.requestBytes)
    invite(request, response)
    const body = readJson(await readBody(request, limits.requestBytes, limits.socketRequestTimeout), limits)
    return { parameters: checkParameters(body), upload: null }
  }
  if (!preflightHeaders.some((name) => headers[name] !== undefined)) {
    const text = `A multipart request needs one of the headers ${preflightHeaders.join(', ')}.`
    throw new Refusal(new Problem('CSRF_BLOCKED', text))
  }
  limitDeclared(request, limits.uploadBytes, envelopeBytes)
  invite(request, response)
  const upload = new MultipartRequest(request, limits)
  return { parameters: checkParameters(await upload.operations), upload }
}

/** Tells a client that waits with its body for leave to send it. */
function invite({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.expect !== undefined) response.writeContinue()
}

/** A query whose client has gone is of no use to anyone; a mutation runs to its end. */
function onDisconnect(response: ServerResponse, exchange: Exchange): void {
  response.once('close', () => {
    if (response.writableFinished || exchange.operation?.operation === 'mutation') return
    exchange.timebox.abort(new Problem('DEADLINE_EXCEEDED', 'The client went away before the answer.'))
  })
}
