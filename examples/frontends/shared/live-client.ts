import type { DocumentNode } from 'graphql'
// In your own project, import from '@parley-graphql/server/client'.
import { createClient, type TypedDocument } from '../../../src/client/index.ts'
import { url } from './settings.ts'

interface Observer {
  next(result: { data: Record<string, unknown> }): void
  error(error: unknown): void
  complete(): void
}

/** Returns a `fetch` that sends the ID of a trusted document instead of the text. */
const withId =
  (documentId: string): typeof fetch =>
  (input, init) => {
    const { query: _, ...request } = JSON.parse(init!.body as string) as { query: string }
    return fetch(input, { ...init, body: JSON.stringify({ ...request, documentId }) })
  }

/**
 * Runs a subscription for the links of the three libraries. The client connects again after the last message if the
 * connection is lost. Returns a function that closes the connection.
 *
 * @param id ID of the document, if the server runs only trusted documents.
 */
export function observe(document: DocumentNode, variables: object, observer: Observer, id?: string): () => void {
  const client = createClient({ url, ...(id === undefined ? {} : { fetch: withId(id) }) })
  const results = client.watch(document as TypedDocument<Record<string, unknown>, object>, variables, (data) => data)
  const forward = async (): Promise<void> => {
    for await (const data of results) observer.next({ data })
  }
  forward().then(
    () => observer.complete(),
    (error: unknown) => observer.error(error),
  )
  return () => void results.return()
}
