import type { GraphqlResponse } from '../client/graphql-response.ts'
import { createResponseError, ParleyError } from '../client/errors.ts'
import { iteratePages } from '../client/pages.ts'
import type { ConnectionPage, PageSource } from '../client/pages.ts'
import { formatErrorLine } from './format-error-line.ts'
import { exit, getExitCodeOfError, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import type { WriteRows } from './output.ts'
import { addedAliases } from './paged-document.ts'
import { SourceReporter } from './source-reporter.ts'
import { StatusLine } from './status-line.ts'

export interface PrintAllOptions {
  path: readonly string[]
  after: string | null
  /** Maximum number of nodes to print. Default: no maximum. */
  limit?: number
  /** Response names of the fields that paging needs. Default: the aliases of `createPagedDocument`. */
  names?: { pageInfo: string; sources: string }
  write?: WriteRows
  /** Fetches the page after a cursor. `remaining` is the number of nodes that are still to be printed. */
  load(after: string | null, signal: AbortSignal, remaining: number): Promise<GraphqlResponse>
}

type NodePage = ConnectionPage & { nodes: readonly unknown[] }

const writeJsonLines: WriteRows = (rows) =>
  void process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

/** Prints the nodes of a connection. If it stops early, prints how to resume. Returns the exit code. */
export async function printAll(options: PrintAllOptions): Promise<number> {
  const { path, after, limit = Infinity, names = addedAliases, write = writeJsonLines, load } = options
  const status = new StatusLine(process.stderr, process.stdout.isTTY !== true)
  const reports = new SourceReporter(status)
  const signal = listenForInterruption()
  let [count, cursor] = [0, after]
  try {
    const loadPage = async (after: string | null) =>
      findPage(await load(after, signal, limit - count), path, names, reports)
    for await (const { page, after: next } of iteratePages(loadPage, { after, signal })) {
      const { nodes, sources = [], pageInfo } = page
      write(nodes)
      cursor = next
      count += nodes.length
      for (const source of sources) reports.reportSource(source)
      if (count >= limit) {
        if (pageInfo.hasNextPage)
          status.printLine(`The list has more items. Use --all, or continue with --after ${cursor}`)
        break
      }
      status.show(() => `${count} nodes`)
    }
    status.clear()
    return reports.hasErrors ? exit.rejected : exit.success
  } catch (error) {
    const code = signal.aborted
      ? (signal.reason as number)
      : error instanceof ParleyError
        ? getExitCodeOfError(error)
        : null
    if (code === null) throw error
    status.printLine(
      signal.aborted ? 'Interrupted.' : `${(error as ParleyError).code}: ${(error as ParleyError).message}`,
    )
    if (cursor !== null && !isCursorError(error))
      status.printLine(`To resume the list, run the command again with --after ${cursor}`)
    return code
  }
}

/** Whether the server rejected the cursor, so that the list cannot be resumed there. */
const isCursorError = (error: unknown): boolean =>
  error instanceof ParleyError && ['INVALID_CURSOR', 'CURSOR_FOREIGN', 'CURSOR_EXPIRED'].includes(error.code)

/** @throws ParleyError if the response has no page at `path`. @throws UsageError if the document does not select nodes. */
function findPage(
  { data, errors }: GraphqlResponse,
  path: readonly string[],
  names: { pageInfo: string; sources: string },
  reports: SourceReporter,
): NodePage {
  let value: unknown = data
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key]
  if (typeof value !== 'object' || value === null) {
    if (errors.length > 0) throw createResponseError(errors, data, false)
    throw new ParleyError('NOT_FOUND', `The list "${path.join('.')}" was not found.`, { outcomeUnknown: false })
  }
  for (const error of errors) reports.reportError(formatErrorLine(error))
  const page = value as Record<string, unknown>
  const edges = page['edges'] as readonly { node?: unknown }[] | undefined
  const nodes = (page['nodes'] as readonly unknown[] | undefined) ?? edges?.map(({ node }) => node)
  if (!nodes || nodes.includes(undefined))
    throw new UsageError(
      `The document must select nodes or edges { node } at "${path.join('.')}", the value of "--all".`,
    )
  return {
    nodes,
    pageInfo: page[names.pageInfo] as ConnectionPage['pageInfo'],
    sources: page[names.sources] as PageSource[],
  }
}
