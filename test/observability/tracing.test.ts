import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { startCollector, type CollectedSpan } from './collector.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const sandbox = await startSandbox('trueconf')
afterAll(() => sandbox.close())
const accounts = { berlin: sandbox.account }

let parley: ServerProcess | undefined
afterEach(async () => {
  sandbox.clearFaults()
  await parley?.dispose()
})

const remote = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
const traceparent = `00-${remote.traceId}-${remote.spanId}-01`

async function sendQuery(query: string): Promise<string> {
  const response = await fetch(`${parley!.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent },
    body: JSON.stringify({ query }),
  })
  await response.text()
  return response.headers.get('x-request-id')!
}

/** Stops the server, which sends its last spans. */
async function stop(): Promise<void> {
  parley!.kill('SIGTERM')
  expect(await parley!.exited).toBe(0)
}

const attributesOf = ({ attributes }: CollectedSpan): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

test('records an operation and its vendor calls as one trace, below the span of a trusted proxy', async () => {
  const collector = await startCollector()
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  parley = await startProcess({ accounts, trustProxy: true, limits: { backoffBase: 1 } }, { environment })
  await sendQuery('{ accounts { key } }')
  sandbox.fault({ match: { method: 'GET' }, kind: 'status', status: 503, times: 1 })
  const requestId = await sendQuery('query Secretive { users(first: 2) { nodes { id email } } }')
  await sendQuery('{ nothing }')
  await stop()
  collector.close()

  expect(new Set(collector.requests.map(({ url }) => url))).toEqual(new Set(['/v1/traces']))
  const spans = collector.spans()
  const operation = spans.find((span) => attributesOf(span)['parley.request_id'] === requestId)!
  expect(operation).toMatchObject({ name: 'query', kind: 2, traceId: remote.traceId, parentSpanId: remote.spanId })
  const calls = spans.filter(({ parentSpanId }) => parentSpanId === operation.spanId)
  expect(calls.map(attributesOf)).toEqual([
    {
      'parley.account': 'berlin',
      'http.request.method': 'GET',
      'http.response.status_code': 503,
      'error.type': 'VENDOR_UNAVAILABLE',
    },
    {
      'parley.account': 'berlin',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
    },
  ])
  expect(calls.every(({ traceId }) => traceId === remote.traceId)).toBe(true)
  const rejected = spans.filter((span) => attributesOf(span)['error.type'] === 'GRAPHQL_VALIDATION_FAILED')
  expect(rejected).toMatchObject([{ status: { code: 2 } }])
  expect(JSON.stringify(collector.batches)).not.toMatch(/Secretive|users|example\.com|Bearer|127\.0\.0\.1/)
  expect(sandbox.ledger.flatMap(({ headerNames }) => headerNames)).not.toContain('traceparent')
})

test('ignores the traceparent of an untrusted client', async () => {
  const collector = await startCollector()
  const environment = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own/path` }
  parley = await startProcess({ accounts }, { environment })
  await sendQuery('{ accounts { key } }')
  await stop()
  collector.close()
  expect(collector.requests).toMatchObject([{ url: '/own/path' }])
  const [span] = collector.spans()
  expect(span?.traceId).not.toBe(remote.traceId)
  expect(span?.parentSpanId).toBeFalsy()
})

test('only loses spans if the collector is unavailable', async () => {
  const collector = await startCollector(400)
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
  parley = await startProcess({ accounts }, { environment })
  await sendQuery('{ accounts { key } }')
  collector.close()
  await sendQuery('{ accounts { key } }')
  await stop()
  expect(parley.lines().filter(({ level }) => level > 40)).toEqual([])
  expect(parley.noise()).toBe('')
})

test('loads no tracing module if no collector is configured', async () => {
  // The build has these packages in the file of the tracing.
  const watch = `data:text/javascript,import { registerHooks } from 'node:module';
    registerHooks({ resolve(specifier, context, next) {
      if (/opentelemetry.(sdk|exporter)|tracing-.*.js$/.test(specifier)) process.stderr.write('loaded ' + specifier + '\\n');
      return next(specifier, context)
    } })`
  const node = ['--import', watch.replaceAll('\n', ' ')]
  parley = await startProcess({ accounts }, { node })
  await sendQuery('{ accounts { key } }')
  await vi.waitFor(() => expect(parley?.lines().some(({ msg }) => msg === 'operation')).toBe(true))
  expect(parley.noise()).toBe('')
  await parley.dispose()
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }
  parley = await startProcess({ accounts }, { node, environment })
  await vi.waitFor(() => expect(parley?.noise()).toMatch(/loaded (@opentelemetry\/sdk-trace|.*\/tracing-)/))
})
