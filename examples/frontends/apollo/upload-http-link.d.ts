/** The library has its types in JSDoc, which TypeScript does not read from a package. */
declare module 'apollo-upload-client/UploadHttpLink.mjs' {
  import type { ApolloLink } from '@apollo/client'

  export default class UploadHttpLink extends ApolloLink {
    constructor(options: { uri: string; headers: Record<string, string>; fetch: typeof fetch })
  }
}
