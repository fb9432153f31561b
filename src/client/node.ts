import { createClientWith, type ClientOptions, type ParleyClient as AnyClient } from './client.ts'
import { uploadFile, type UploadOptions, type UploadSource } from './node/upload.ts'

export * from './index.ts'
export { downloadFile } from './node/download.ts'
export type { DownloadOptions } from './node/download.ts'
export { saveRecording } from './node/save-recording.ts'
export type { SavedRecording } from './node/save-recording.ts'
export type { UploadOptions, UploadSource } from './node/upload.ts'

export type ParleyClient = AnyClient<UploadSource, UploadOptions>
/** Earlier name of `ParleyClient`, which programs import. */
export type { ParleyClient as Client }

/** Creates a client for Node. `upload` also accepts streams and the paths of files, and has no timeout. */
export function createClient(options: ClientOptions): ParleyClient {
  return createClientWith(options, uploadFile)
}
