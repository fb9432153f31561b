import { registerEventCounter } from '../event-metrics.ts'
import { Counter, Gauge, type Registry } from '../prometheus.ts'
import { documentResults, type DocumentResult } from '../../http/document/document-finder.ts'

const documentReloads = ['ok', 'kept'] as const
export type DocumentReload = (typeof documentReloads)[number]

/** Number of trusted documents of an API client. The name is empty for callers without documents of their own. */
export type DocumentCounts = Iterable<readonly [client: string, count: number]>

export function registerDocumentGauge(registry: Registry, listCounts: () => DocumentCounts): void {
  const gauge: Gauge<'client'> = new Gauge({
    name: 'parley_documents',
    help: 'Trusted documents, by API client. The client is empty for callers without documents of their own.',
    labelNames: ['client'],
    registers: [registry],
    collect: () => {
      gauge.reset()
      for (const [client, count] of listCounts()) gauge.set({ client }, count)
    },
  })
}

/** Registers the counter of documents in requests. Returns a function that counts one. */
export function registerDocumentRequestCounter(registry: Registry): (result: DocumentResult) => void {
  const countRequests = registerEventCounter(registry, {
    name: 'parley_document_requests_total',
    help: 'Requests, by the way in which they identify their document (listed, remembered, text, refused).',
    labelNames: ['result'],
  })
  for (const result of documentResults) countRequests([result], 0)
  return (result) => countRequests([result])
}

/** Registers the counter of reloads of trusted documents and tools. Returns a function that counts one. */
export function registerDocumentReloadCounter(registry: Registry): (result: DocumentReload) => void {
  const reloads = new Counter({
    name: 'parley_documents_reloads_total',
    help: 'Reloads of a list of trusted documents or tools after a change of its files, by result (ok, kept).',
    labelNames: ['result'],
    registers: [registry],
  })
  for (const result of documentReloads) reloads.inc({ result }, 0)
  return (result) => reloads.inc({ result })
}
