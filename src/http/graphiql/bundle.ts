import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Names of the files of GraphiQL. */
export const fileNames = ['graphiql.css', 'graphiql.js', 'editor.js', 'json.js', 'graphql.js'] as const

/** Files of GraphiQL. */
export interface Bundle {
  /** First 12 hexadecimal digits of the SHA-256 of all files. */
  version: string
  files: Record<(typeof fileNames)[number], Uint8Array<ArrayBuffer>>
}

/**
 * Reads the files in a thread that ends afterwards. The files are strings in a module of 9 MiB. Loaded in this thread, the
 * module would block the event loop while Node compiles it, and would stay in memory.
 */
export function readBundle(): Promise<Bundle> {
  // The thread's file has the same extension as this one: .ts in the source, .js in the package.
  const file = new URL(`./bundle-thread${extname(import.meta.filename)}`, import.meta.url)
  const { promise, resolve, reject } = Promise.withResolvers<Bundle>()
  new Worker(file, { env: {} })
    .once('message', resolve)
    .once('error', reject)
    .once('exit', () => reject(new Error('The files of GraphiQL could not be read.')))
  return promise
}
