import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import { parseGraphqlResponse, type RawResponse } from './graphql-response.ts'
import type { ServerTarget } from './destination.ts'
import { createResponseError } from './errors.ts'
import { UploadFileDocument } from './gql/graphql.ts'
import type { UploadFileMutation, UploadTargetInput } from './gql/graphql.ts'

/** Where to add the file. Exactly one of `conferenceId`, `userId` (avatar of the user), and `account` (its library) is required. */
export type UploadTarget = UploadTargetInput
/** Payload of the mutation `uploadFile`. */
export type UploadPayload = UploadFileMutation['uploadFile']

/** Options of every upload. */
export interface CommonUploadOptions {
  /** Name of the file. Default: the name of the source, or `upload`. */
  name?: string
  /** Media type. Default: the media type of the source, or `application/octet-stream`. */
  contentType?: string
  /** Makes it safe to send the same file again. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Sends one file. @throws ParleyError if no payload arrives. */
export type Upload<Source, Options> = (
  server: ServerTarget,
  source: Source,
  target: UploadTarget,
  options: Options,
) => Promise<UploadPayload>

/** Path of the variable for the file. */
export const filePath = 'variables.input.file'

/** Creates the GraphQL request for an upload. The variable for the file is null, as the multipart specification requires. */
export function createUploadOperation(name: string, target: UploadTarget, idempotencyKey: string | undefined): object {
  // The name is also an input, because the header of a multipart part cannot represent every name exactly.
  const input = { file: null, name, target, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
  return { query: print(UploadFileDocument as DocumentNode), variables: { input } }
}

/** @throws ParleyError if the response has no payload. */
export function readUpload(raw: RawResponse): UploadPayload {
  const { data, errors } = parseGraphqlResponse(raw, true)
  const payload = (data as UploadFileMutation | null)?.uploadFile
  if (!payload) throw createResponseError(errors, data, true)
  return payload
}
