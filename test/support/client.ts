import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { ClientError, GraphQLClient } from 'graphql-request'

export interface GraphqlResult<Data> {
  data: Data | null
  errors: { message: string; path?: readonly unknown[]; extensions: { code: string; retryable: boolean } }[]
}

/** Sends a typed document. Returns the errors with the data instead of throwing them. */
export type SendQuery = <Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<GraphqlResult<Data>>

/** @param key API key of the requests. */
export function createClient(url: string, key?: string): SendQuery {
  const client = new GraphQLClient(url, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } })
  return async <Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<GraphqlResult<Data>> => {
    try {
      return { data: await client.request<Data>({ document, variables }), errors: [] }
    } catch (error) {
      if (!(error instanceof ClientError)) throw error
      const { data, errors } = error.response
      return { data: (data as Data | undefined) ?? null, errors: (errors ?? []) as never }
    }
  }
}
