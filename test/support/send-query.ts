export interface QueryResult {
  data: Record<string, unknown> | null
  errors?: {
    message: string
    path?: readonly unknown[]
    extensions: { code: string; retryable: boolean; path?: readonly string[]; requestId?: string }
  }[]
}

/** Sends a query as text. @param key API key of the request. */
export async function sendQuery(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  key?: string,
): Promise<QueryResult> {
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return (await response.json()) as QueryResult
}
