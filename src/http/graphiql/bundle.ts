import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

export const fileNames = ['graphiql.css', 'graphiql.js', 'editor.js', 'json.js', 'graphql.js'] as const

/** The files of GraphiQL. */
export interface Bundle {
  /** Changes with the files. */
  version: string
  files: Record<(typeof fileNames)[number], Uint8Array<ArrayBuffer>>
}

/**
 * Reads the files in a thread that ends with it: they are the texts of a module of 9 MiB, which would hold the event loop
 * while Node compiles it, and stay in memory for good.
 */
export function readBundle(): Promise<Bundle> {
  // Beside this file, whether it runs from source or from the package.
  const file = new URL(`./bundle-thread${extname(import.meta.filename)}`, import.meta.url)
  const { promise, resolve, reject } = Promise.withResolvers<Bundle>()
  new Worker(file, { env: {} })
    .once('message', resolve)
    .once('error', reject)
    .once('exit', () => reject(new Error('The files of GraphiQL were not read.')))
  return promise
}
