import { ClientError, GraphQLClient } from 'graphql-request'
import { createResponseError, createConnectionError, createUnexpectedResponseError, ParleyError } from './errors.ts'
import type { AnsweredError } from './errors.ts'
import { iteratePages } from './pages.ts'
import type { Page } from './pages.ts'
import { createAuthorizationHeader } from './destination.ts'
import type { CommonUploadOptions, Upload, UploadPayload, UploadTarget } from './upload.ts'
import { uploadBlob } from './upload-blob.ts'

export interface ClientOptions {
  /** Address of the API, such as `http://127.0.0.1:4000/graphql`. */
  url: string
  /** API key; none where the server asks for none. */
  key?: string
  /** Replaces the global `fetch`. Under Node, uploads do without it: Node's `fetch` gives up after five minutes. */
  fetch?: typeof globalThis.fetch
}

/** A document that knows its result and its variables, as code generators make them. */
export interface TypedDocument<Result, Variables> {
  readonly kind: 'Document'
  readonly definitions: readonly unknown[]
  __apiType?: (variables: Variables) => Result
}

export interface RequestOptions {
  signal?: AbortSignal | undefined
}

export interface PaginateOptions<P> extends RequestOptions {
  /** Told of every page before its nodes: which accounts failed (`sources`), and the cursor to go on behind. */
  onPage?: (page: P, after: string | null) => void
}

/** What `upload` accepts in browsers and in Node. The Node entry point accepts more. */
export type UploadSource = Blob

/** `Source`: what `upload` accepts. */
export interface Client<Source = UploadSource, Options extends CommonUploadOptions = CommonUploadOptions> {
  /** Throws ParleyError, also where a part of the answer could be had (it is in `data` then). */
  request<Result, Variables extends object>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>
  /**
   * The nodes of the connection that `pick` finds in each answer, from `variables.after` to the end. Throws ParleyError
   * where what the list hangs on is not there, or the list does not move on.
   */
  paginate<Result, Variables extends { after?: string | null | undefined }, P extends Page>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    pick: (result: Result) => P | null | undefined,
    options?: PaginateOptions<P>,
  ): AsyncGenerator<NonNullable<P['nodes']>[number], void, undefined>
  /** Sends a file. @throws ParleyError if no payload arrives. */
  upload(source: Source, target: UploadTarget, options?: Options): Promise<UploadPayload>
}

/** Creates a client for browsers and Node. `upload` accepts a `Blob` or `File`. */
export function createClient(options: ClientOptions): Client {
  return createClientWith<UploadSource, CommonUploadOptions>(options, (server, source, target, uploadOptions) =>
    uploadBlob(server, source, target, uploadOptions, options.fetch),
  )
}

export function createClientWith<Source, Options extends CommonUploadOptions>(
  { url, key, fetch }: ClientOptions,
  upload: Upload<Source, Options>,
): Client<Source, Options> {
  const http = new GraphQLClient(url, { headers: createAuthorizationHeader(key), ...(fetch ? { fetch } : {}) })

  const request: Client['request'] = async (document, variables, { signal } = {}) => {
    try {
      return await http.request<never>({ document: document as never, variables, ...(signal ? { signal } : {}) })
    } catch (error) {
      signal?.throwIfAborted()
      throw explain(error, isMutation(document))
    }
  }

  return {
    request,
    paginate: async function* (document, variables, pick, { signal, onPage } = {}) {
      const load = async (after: string | null) => {
        const page = pick(await request(document, { ...variables, after }, { signal }))
        if (!page) throw new ParleyError('NOT_FOUND', 'What the list hangs on is not there.', { outcomeUnknown: false })
        return page
      }
      for await (const { page, after } of iteratePages(load, { after: variables.after ?? null, signal })) {
        onPage?.(page, after)
        yield* page.nodes ?? []
      }
    },
    upload: (source, target, options = {} as Options) => upload({ url, key }, source, target, options),
  }
}

function explain(error: unknown, mutation: boolean): ParleyError {
  if (!(error instanceof ClientError)) return createConnectionError(error, mutation)
  const { errors, data, status } = error.response
  if (!errors) return createUnexpectedResponseError(status, mutation)
  return createResponseError(errors as unknown as readonly AnsweredError[], data, mutation)
}

function isMutation({ definitions }: Pick<TypedDocument<never, never>, 'definitions'>): boolean {
  return definitions.some((definition) => (definition as { operation?: string }).operation === 'mutation')
}
