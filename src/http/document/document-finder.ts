import { hash as digest } from 'node:crypto'
import type { Caller } from '../../auth/caller.ts'
import { Problem } from '../../core/errors.ts'
import type { DocumentMode } from '../../documents/document-settings.ts'
import type { Parameters } from '../request/parameters.ts'
import { createBadRequest } from '../response/http-error.ts'
import { RememberedDocuments } from './remembered-documents.ts'
import type { TrustedDocument, TrustedList } from './trusted-list.ts'

/** Documents that a caller can send. */
export interface DocumentPolicy {
  mode: DocumentMode
  list: TrustedList
}

/**
 * How a request named its document: `listed` is a trusted document, by ID or by text, and `remembered` a hash that the
 * caller has sent with its text before.
 */
export const documentResults = ['listed', 'remembered', 'text', 'refused'] as const
export type DocumentResult = (typeof documentResults)[number]

export interface DocumentOptions {
  getPolicy(caller: Caller): DocumentPolicy
  /** Called for each request with valid parameters. */
  onRequest(result: DocumentResult): void
  /** Texts that callers have sent with their hashes. Default: none yet. */
  remembered?: RememberedDocuments
}

/** Finds the documents of requests. */
export class DocumentFinder {
  readonly #options: DocumentOptions
  readonly #remembered: RememberedDocuments

  constructor(options: DocumentOptions) {
    this.#options = options
    this.#remembered = options.remembered ?? new RememberedDocuments()
  }

  /**
   * Returns a trusted document, or the text of another one.
   *
   * @throws `PERSISTED_QUERY_NOT_SUPPORTED`, `PERSISTED_QUERY_NOT_FOUND`, or `PERSISTED_QUERY_NOT_IN_LIST`.
   * @throws `BAD_USER_INPUT` if a hash is not that of its text.
   */
  find({ query, documentId, hash }: Parameters, caller: Caller): TrustedDocument | string {
    const policy = this.#options.getPolicy(caller)
    if (query === null) return this.#findById(documentId!, caller, policy)
    if (policy.mode === 'off') return this.#accept(query, 'text')
    const trusted = policy.list.findByText(query)
    if (policy.mode === 'only')
      return trusted ? this.#accept(trusted, 'listed') : this.#reject(createNotInListProblem())
    if (hash !== null && digest('sha256', query) !== hash)
      return this.#reject(createBadRequest('The hash is not the SHA-256 of the parameter "query".'))
    if (trusted) return this.#accept(trusted, 'listed')
    if (hash !== null) this.#remembered.add(caller.name, hash, query)
    return this.#accept(query, 'text')
  }

  #findById(id: string, caller: Caller, { mode, list }: DocumentPolicy): TrustedDocument | string {
    // Clients recognize these two messages, and then send the text.
    if (mode === 'off') return this.#reject(new Problem('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported'))
    const trusted = list.findById(id)
    if (trusted) return this.#accept(trusted, 'listed')
    if (mode === 'only') return this.#reject(createNotInListProblem())
    const text = this.#remembered.find(caller.name, id)
    if (text === null) return this.#reject(new Problem('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'))
    return this.#accept(text, 'remembered')
  }

  #accept<T>(document: T, result: DocumentResult): T {
    this.#options.onRequest(result)
    return document
  }

  #reject(error: Error): never {
    this.#options.onRequest('refused')
    throw error
  }
}

function createNotInListProblem(): Problem {
  const text =
    'You can send only trusted documents, by their IDs or with exactly their texts. This document is not one of them.'
  return new Problem('PERSISTED_QUERY_NOT_IN_LIST', text)
}
