import { Environment, Network, RecordSource, Store } from 'relay-runtime'
import type { FetchFunction, UploadableMap } from 'relay-runtime'
import { headers, url } from '../shared/address.ts'
import { fetchWithProgress } from '../shared/fetch-with-progress.ts'
import type { OnProgress } from '../shared/file-upload.tsx'

const request: FetchFunction = async ({ text: query }, variables, { metadata }, uploadables) => {
  const onProgress = metadata?.['onProgress'] as OnProgress | undefined
  const send = onProgress ? fetchWithProgress(onProgress) : fetch
  const operation = JSON.stringify({ query, variables })
  const response = await send(url, {
    method: 'POST',
    headers: uploadables ? headers : { 'content-type': 'application/json' },
    body: uploadables ? multipart(operation, uploadables) : operation,
  })
  const answer = await response.json()
  // Accounts that failed alone are in `sources`; an error is left for a list that nobody could give.
  if (answer.errors) throw new Error(answer.errors[0].message)
  return answer
}

/** Follows the GraphQL multipart request specification; the keys are paths, e.g. `variables.input.file`. */
function multipart(operation: string, files: UploadableMap): FormData {
  const form = new FormData()
  form.append('operations', operation)
  form.append('map', JSON.stringify(Object.fromEntries(Object.keys(files).map((path) => [path, [path]]))))
  for (const [path, file] of Object.entries(files)) form.append(path, file)
  return form
}

export const environment = new Environment({
  network: Network.create(request),
  store: new Store(new RecordSource()),
})
