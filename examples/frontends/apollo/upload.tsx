import { useMutation } from '@apollo/client/react'
import { FileUpload } from '../shared/file-upload.tsx'
import { UploadFileDocument } from '../shared/gql/graphql.ts'
import type { FetchOptions } from './client.ts'

export function Upload() {
  const [mutate] = useMutation(UploadFileDocument)
  return (
    <FileUpload
      upload={async (file, input, onProgress) => {
        const fetchOptions: FetchOptions = { onProgress }
        const { data } = await mutate({ variables: { input: { ...input, file } }, context: { fetchOptions } })
        return data!.uploadFile
      }}
    />
  )
}
