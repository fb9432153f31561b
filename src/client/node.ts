import { createClientWith, type Client as AnyClient, type ClientOptions } from './client.ts'
import { uploadFile, type UploadOptions, type UploadSource } from './node/upload.ts'

export * from './index.ts'
export type { UploadOptions, UploadSource } from './node/upload.ts'

export type Client = AnyClient<UploadSource, UploadOptions>

/** Creates a client for Node. `upload` accepts the path of a file and streams, too, without a limit of time. */
export function createClient(options: ClientOptions): Client {
  return createClientWith(options, uploadFile)
}
