export interface PostedError {
  message: string
  path?: (string | number)[]
  extensions: { code: string; retryable: boolean; retryAt?: string; account?: string; vendorCode?: string }
}

/** Data of any document. */
export type PostedData = Record<string, any>

/** Sends a document to a server. Returns the errors with the data. */
export async function post(
  url: string,
  query: string,
  variables: object = {},
): Promise<{ data: PostedData | null; errors: PostedError[] }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const { data = null, errors = [] } = (await response.json()) as { data?: PostedData | null; errors?: PostedError[] }
  return { data, errors }
}

interface Page {
  nodes: PostedData[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/**
 * Reads a connection to its end, page by page, at most 200 pages.
 *
 * @param load Loads the page with these arguments.
 * @returns The pages in the order in which they were read.
 */
export async function listAllPages<P extends Page>(
  load: (args: object) => Promise<P>,
  direction: 'first' | 'last',
  size: number,
): Promise<P[]> {
  const isForward = direction === 'first'
  const pages: P[] = []
  for (let cursor: string | null = null; pages.length < 200;) {
    const page = await load({ [direction]: size, [isForward ? 'after' : 'before']: cursor })
    pages.push(page)
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
    if (!(isForward ? hasNextPage : hasPreviousPage)) return pages
    cursor = isForward ? endCursor : startCursor
  }
  throw new Error('The list does not end.')
}

/** Returns the nodes of pages in the order of the list. */
export const joinNodes = (pages: readonly Page[], direction: 'first' | 'last'): PostedData[] =>
  (direction === 'first' ? pages : pages.toReversed()).flatMap(({ nodes }) => nodes)
