// Imports no module of Node, so that browsers can use it. client/node adds the upload of files on disk and of streams.
export { createClient } from './client.ts'
export type {
  ClientOptions,
  PaginateOptions,
  ParleyClient,
  RequestOptions,
  TypedDocument,
  UploadSource,
} from './client.ts'
export { ParleyError } from './errors.ts'
export type { GraphqlResponseError } from './errors.ts'
export type { ErrorCode, ServerErrorKind as ErrorKind } from './error-code.ts'
export { isDone, isNotSent, isRejected, isUnknown } from './outcome.ts'
export type { PayloadWithOutcome } from './outcome.ts'
export type { ConnectionPage, PageSource } from './pages.ts'
export type { StreamIterator, WatchOptions } from './watch.ts'
export type { CommonUploadOptions as UploadOptions, UploadPayload, UploadTarget } from './upload.ts'
// Earlier names of these types, which programs import.
export type { ParleyClient as Client } from './client.ts'
export type { GraphqlResponseError as AnsweredError } from './errors.ts'
export type { PayloadWithOutcome as Settled } from './outcome.ts'
export type { ConnectionPage as Page, PageSource as Source } from './pages.ts'
export * from './gql/graphql.ts'
