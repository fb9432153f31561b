import { graphql } from 'react-relay'
import { FileUpload } from '../shared/file-upload.tsx'
import type { uploadMutation } from './__generated__/uploadMutation.graphql.ts'
import { commit } from './commit.ts'

const mutation = graphql`
  mutation uploadMutation($input: UploadFileInput!) {
    uploadFile(input: $input) {
      outcome
      problems {
        message
      }
      file {
        name
        sha256
      }
    }
  }
`

export function Upload() {
  return (
    <FileUpload
      upload={async (file, input, onProgress) => {
        const { uploadFile } = await commit<uploadMutation>({
          mutation,
          variables: { input: { ...input, file: null } },
          uploadables: { 'variables.input.file': file },
          cacheConfig: { metadata: { onProgress } },
        })
        return uploadFile
      }}
    />
  )
}
