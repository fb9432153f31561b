import { useMutation } from 'urql'
import { fetchWithProgress } from '../shared/fetch-with-progress.ts'
import { FileUpload } from '../shared/file-upload.tsx'
import { UploadFileDocument } from '../shared/gql/graphql.ts'
import { getData } from './get-data.ts'

export function Upload() {
  const [, mutate] = useMutation(UploadFileDocument)
  return (
    <FileUpload
      upload={async (file, input, onProgress) => {
        const result = await mutate({ input: { ...input, file } }, { fetch: fetchWithProgress(onProgress) })
        return getData(result).uploadFile
      }}
    />
  )
}
