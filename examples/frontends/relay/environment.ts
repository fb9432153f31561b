import { parse } from 'graphql'
import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime'
import type { FetchFunction, GraphQLResponse, SubscribeFunction, UploadableMap } from 'relay-runtime'
import { observe } from '../shared/live-client.ts'
import { headers, sendsIds, url } from '../shared/settings.ts'
import { fetchWithProgress } from '../shared/fetch-with-progress.ts'
import type { OnProgress } from '../shared/file-upload.tsx'

const request: FetchFunction = async ({ id, text }, variables, { metadata }, uploadables) => {
  const onProgress = metadata?.['onProgress'] as OnProgress | undefined
  const send = onProgress ? fetchWithProgress(onProgress) : fetch
  const operation = JSON.stringify(sendsIds ? { doc_id: id, variables } : { query: text, variables })
  const response = await send(url, {
    method: 'POST',
    headers: uploadables ? headers : { 'content-type': 'application/json' },
    body: uploadables ? createMultipartBody(operation, uploadables) : operation,
  })
  const result = await response.json()
  // `sources` reports accounts that failed. A list has an error only if every account failed.
  if (result.errors) throw new Error(result.errors[0].message)
  return result
}

/** Creates a body that follows the GraphQL multipart request specification. Keys of `files`: paths, such as `variables.input.file`. */
function createMultipartBody(operation: string, files: UploadableMap): FormData {
  const form = new FormData()
  form.append('operations', operation)
  form.append('map', JSON.stringify(Object.fromEntries(Object.keys(files).map((path) => [path, [path]]))))
  for (const [path, file] of Object.entries(files)) form.append(path, file)
  return form
}

const subscribe: SubscribeFunction = ({ id, text }, variables) =>
  Observable.create<GraphQLResponse>((sink) => {
    const observer = {
      next: (result: GraphQLResponse) => sink.next(result),
      error: (error: unknown) => sink.error(error as Error),
      complete: () => sink.complete(),
    }
    return observe(parse(text!), variables, observer, sendsIds ? id! : undefined)
  })

export const environment = new Environment({
  network: Network.create(request, subscribe),
  store: new Store(new RecordSource()),
})
