import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import { ClientError, GraphQLClient } from 'graphql-request'
import { createResponseError, createConnectionError, createUnexpectedResponseError, ParleyError } from './errors.ts'
import type { GraphqlResponseError } from './errors.ts'
import { iteratePages } from './pages.ts'
import type { ConnectionPage } from './pages.ts'
import { createAuthorizationHeader } from './destination.ts'
import type { CommonUploadOptions, Upload, UploadPayload, UploadTarget } from './upload.ts'
import { uploadBlob } from './upload-blob.ts'
import { watchMessages, type StreamIterator, type WatchOptions } from './watch.ts'

export interface ClientOptions {
  /** URL of the API, such as `http://127.0.0.1:4000/graphql`. */
  url: string
  /** API key. Omit it if the server requires none. */
  key?: string
  /** Replaces the global `fetch`. Uploads of `parley/client/node` do not use `fetch`, because Node's ends a request after 5 min. */
  fetch?: typeof globalThis.fetch
}

/** A parsed GraphQL document with the types of its result and variables. Code generators create such documents. */
export interface TypedDocument<Result, Variables> {
  readonly kind: 'Document'
  readonly definitions: readonly unknown[]
  __apiType?: (variables: Variables) => Result
}

export interface RequestOptions {
  signal?: AbortSignal | undefined
}

export interface PaginateOptions<P> extends RequestOptions {
  /**
   * Called for every page before its nodes are returned. `sources` of the page reports the accounts that failed. `after`
   * is the cursor from which the list continues; null if the page has none.
   */
  onPage?: (page: P, after: string | null) => void
}

/** What `upload` accepts in browsers and in Node. The Node entry point accepts more. */
export type UploadSource = Blob

/** Sends requests to one Parley server. `Source` is the type of the files that `upload` accepts. */
export interface ParleyClient<Source = UploadSource, Options extends CommonUploadOptions = CommonUploadOptions> {
  /**
   * Sends one GraphQL operation and returns its data. Does not retry.
   *
   * @throws ParleyError if the request fails or the response has errors. `data` of the error holds a partial result.
   */
  request<Result, Variables extends object>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>
  /**
   * Returns the nodes of a connection, from the cursor `variables.after` to the end of the list. Requests the pages one
   * after the other. If a page fails temporarily, requests it once more.
   *
   * @param pick Returns the connection in a result. If it returns null, `paginate` throws `NOT_FOUND`.
   * @throws ParleyError if a page cannot be fetched, or if the list does not continue after a page.
   */
  paginate<Result, Variables extends { after?: string | null | undefined }, P extends ConnectionPage>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    pick: (result: Result) => P | null | undefined,
    options?: PaginateOptions<P>,
  ): AsyncGenerator<NonNullable<P['nodes']>[number], void, undefined>
  /**
   * Follows a subscription without an end. If the connection is lost, connects again, at first after 1 s, later after up to
   * 30 s, and never before the time that the server requires. Continues after the last message. The document must select
   * `cursor` and have the variable `after`. To continue after an earlier message, also in another program, set
   * `variables.after` to its cursor.
   *
   * @param pick Returns the part of a result that the iterator returns, such as the message or its event. Results for which
   *   it returns null are left out.
   * @throws ParleyError if the same subscription would be rejected again, or if a message has more than 16 Mi characters.
   */
  watch<Result extends object, Variables extends { after?: string | null | undefined }, T>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    pick: (result: Result) => T | null | undefined,
    options?: WatchOptions,
  ): StreamIterator<T>
  /** Sends a file. @throws ParleyError if no payload arrives. */
  upload(source: Source, target: UploadTarget, options?: Options): Promise<UploadPayload>
}

/** Creates a client for browsers and Node. `upload` accepts a `Blob` or `File`. */
export function createClient(options: ClientOptions): ParleyClient {
  return createClientWith<UploadSource, CommonUploadOptions>(options, (server, source, target, uploadOptions) =>
    uploadBlob(server, source, target, uploadOptions, options.fetch),
  )
}

/** Creates a client with the given way to upload files. */
export function createClientWith<Source, Options extends CommonUploadOptions>(
  { url, key, fetch }: ClientOptions,
  upload: Upload<Source, Options>,
): ParleyClient<Source, Options> {
  const http = new GraphQLClient(url, { headers: createAuthorizationHeader(key), ...(fetch ? { fetch } : {}) })

  const request: ParleyClient['request'] = async (document, variables, { signal } = {}) => {
    try {
      return await http.request<never>({ document: document as never, variables, ...(signal ? { signal } : {}) })
    } catch (error) {
      signal?.throwIfAborted()
      throw toParleyError(error, isMutation(document))
    }
  }

  return {
    request,
    paginate: async function* (document, variables, pick, { signal, onPage } = {}) {
      const load = async (after: string | null) => {
        const page = pick(await request(document, { ...variables, after }, { signal }))
        if (!page)
          throw new ParleyError('NOT_FOUND', 'The object with this list was not found.', { outcomeUnknown: false })
        return page
      }
      for await (const { page, after } of iteratePages(load, { after: variables.after ?? null, signal })) {
        onPage?.(page, after)
        yield* page.nodes ?? []
      }
    },
    watch: (document, variables, pick, options = {}) =>
      watchMessages({
        server: { url, key },
        query: print(document as DocumentNode),
        variables,
        pick,
        // Called with the global object as `this`, as browsers require.
        fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
        ...options,
      }),
    upload: (source, target, options = {} as Options) => upload({ url, key }, source, target, options),
  }
}

function toParleyError(error: unknown, mutation: boolean): ParleyError {
  if (!(error instanceof ClientError)) return createConnectionError(error, mutation)
  const { errors, data, status } = error.response
  if (!errors) return createUnexpectedResponseError(status, mutation)
  return createResponseError(errors as unknown as readonly GraphqlResponseError[], data, mutation)
}

function isMutation({ definitions }: Pick<TypedDocument<never, never>, 'definitions'>): boolean {
  return definitions.some((definition) => (definition as { operation?: string }).operation === 'mutation')
}
