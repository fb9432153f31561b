import { Problem } from '../../core/errors.ts'
import type { DocumentOptions } from './document-finder.ts'
import { TrustedList } from './trusted-list.ts'

const noDocuments = new TrustedList([])

/**
 * Returns the options of `/subgraph`, where no document is trusted: trusted documents match the schema of `/graphql`, and
 * their mutations can have no idempotency key.
 */
export function createSubgraphDocuments({ getPolicy, onRequest, ...options }: DocumentOptions): DocumentOptions {
  return {
    ...options,
    onRequest,
    getPolicy: (caller) => {
      const { mode } = getPolicy(caller)
      if (mode !== 'only') return { mode, list: noDocuments }
      onRequest('refused')
      const text =
        'You can send only trusted documents, and this endpoint accepts none. Give the gateway an API key of its own.'
      throw new Problem('PERSISTED_QUERY_NOT_IN_LIST', text)
    },
  }
}
