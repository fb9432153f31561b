import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, isSpanContextValid, trace } from '@opentelemetry/api'
import type { Context, Span } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { chooseCode, type ObserveOperation } from '../http/observer.ts'
import type { CallEvent } from '../upstream/events.ts'

export interface Tracing {
  /** Starts the span of an operation. The returned function ends it. */
  startOperation: ObserveOperation
  /** Records the span of a vendor call that has just ended, as a child of the span of its operation. */
  recordCall(account: string, event: CallEvent): void
  /** Sends the remaining spans. Resolves after at most one second. */
  close(): Promise<void>
}

export interface TracingOptions {
  /** URL to which spans are sent as OTLP JSON over HTTP. */
  url: string
  /** Called for every batch of spans that could not be sent. */
  onFailure(): void
}

const flushTimeoutMs = 1_000

/**
 * Creates spans of operations and their vendor calls. They contain kinds, codes, and account keys, but no names, IDs of
 * objects, URLs, or texts.
 */
export function createTracing({ url, onFailure }: TracingOptions): Tracing {
  const exporter = watchExporter(new OTLPTraceExporter({ url }), onFailure)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'parley' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('parley')
  const running = new Map<string, Span>()
  return {
    startOperation: (requestId, headers) => {
      const attributes = { 'parley.request_id': requestId }
      const parent = getRemoteContext(headers)
      const span = tracer.startSpan('operation', { kind: SpanKind.SERVER, attributes }, parent)
      running.set(requestId, span)
      return (end) => {
        const { kind, failedSources } = end
        if (kind) span.updateName(kind).setAttribute('graphql.operation.type', kind)
        if (failedSources.length > 0) span.setAttribute('parley.partial', true)
        const code = chooseCode(end)
        setSpanError(span, code === 'ok' || code === 'PARTIAL' ? null : code)
        span.end()
        if (running.get(requestId) === span) running.delete(requestId)
      }
    },
    recordCall: (account, { method, status, code, ms, attempt, requestId }) => {
      const now = Date.now()
      const parent = requestId === null ? undefined : running.get(requestId)
      const attributes = {
        'parley.account': account,
        'http.request.method': method,
        ...(status !== null && { 'http.response.status_code': status }),
        ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
      }
      const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT
      const span = tracer.startSpan(method, { kind: SpanKind.CLIENT, startTime: now - ms, attributes }, context)
      setSpanError(span, code)
      span.end(now)
    },
    close: async () => {
      const timeout = new AbortController()
      const ended = provider.shutdown().catch(onFailure)
      await Promise.race([ended, delay(flushTimeoutMs, undefined, { signal: timeout.signal }).catch(() => {})])
      timeout.abort()
    },
  }
}

function setSpanError(span: Span, code: string | null): void {
  if (code !== null) span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR })
}

/** Returns the parent span of the header `traceparent` (W3C Trace Context). Ignores a malformed header. */
function getRemoteContext({ traceparent = '' }: IncomingHttpHeaders): Context {
  const [, traceId = '', spanId = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(traceparent)) ?? []
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT
}

function watchExporter(exporter: SpanExporter, onFailure: () => void): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) onFailure()
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}
