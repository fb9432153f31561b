import type { DocumentNode } from 'graphql'
// In your own project, import from '@parley-graphql/server/client'.
import { createClient, type TypedDocument } from '../../../src/client/index.ts'
import { url } from './settings.ts'

interface Observer {
  next(result: { data: Record<string, unknown> }): void
  error(error: unknown): void
  complete(): void
}

const client = createClient({ url })

/**
 * Runs a subscription for the links of the three libraries. The client connects again after the last message if the
 * connection is lost. Returns a function that closes the connection.
 */
export function observe(document: DocumentNode, variables: object, observer: Observer): () => void {
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
