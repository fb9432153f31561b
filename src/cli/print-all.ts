import type { GraphqlResponse } from '../client/graphql-response.ts'
import { createResponseError, ParleyError } from '../client/errors.ts'
import { iteratePages } from '../client/pages.ts'
import type { ConnectionPage, PageSource } from '../client/pages.ts'
import { formatErrorLine } from './error-line.ts'
import { exit, getExitCodeOfError, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import type { WriteRows } from './output.ts'
import { addedAliases } from './paged-document.ts'
import { StatusLine } from './status-line.ts'

export interface PrintAllOptions {
  path: readonly string[]
  after: string | null
  /** Number of nodes after which to stop. */
  limit?: number
  /** Names of the fields that paging needs. */
  names?: { pageInfo: string; sources: string }
  write?: WriteRows
  /** `remaining`: number of nodes that are still to be printed. */
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
    for await (const walked of iteratePages(loadPage, { after, signal })) {
      const { nodes, sources = [] } = walked.page
      write(nodes)
      cursor = walked.after
      count += nodes.length
      for (const source of sources) reports.reportSource(source)
      if (count >= limit) {
        if (walked.page.pageInfo.hasNextPage)
          status.printLine(`There are more. Use --all, or continue with --after ${cursor}`)
        break
      }
      status.show(() => `${count} nodes`)
    }
    status.clear()
    return reports.hasErrors ? exit.refused : exit.done
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

/** Whether the cursor itself is what the server does not take. */
const isCursorError = (error: unknown): boolean =>
  error instanceof ParleyError && ['INVALID_CURSOR', 'CURSOR_FOREIGN', 'CURSOR_EXPIRED'].includes(error.code)

/** Throws ParleyError where there is no such page, UsageError where it has no nodes. */
function findPage(
  { data, errors }: GraphqlResponse,
  path: readonly string[],
  names: { pageInfo: string; sources: string },
  reports: SourceReporter,
): NodePage {
  let place: unknown = data
  for (const key of path) place = (place as Record<string, unknown> | null | undefined)?.[key]
  if (typeof place !== 'object' || place === null) {
    if (errors.length > 0) throw createResponseError(errors, data, false)
    throw new ParleyError('NOT_FOUND', `The list "${path.join('.')}" was not found.`, { outcomeUnknown: false })
  }
  for (const error of errors) reports.reportError(formatErrorLine(error))
  const page = place as Record<string, unknown>
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

/** Tells of each account's failure once, however many pages it lasts. */
class SourceReporter {
  hasErrors = false
  readonly #status: StatusLine
  readonly #last = new Map<string, string>()

  constructor(status: StatusLine) {
    this.#status = status
  }

  reportSource({ account, status, problem }: PageSource): void {
    const text = problem && status !== 'UNSUPPORTED' ? `${status}, ${problem.code}: ${problem.message}` : ''
    if (text && this.#last.get(account.key) !== text) this.#status.printLine(`${account.key}: ${text}`)
    this.#last.set(account.key, text)
  }

  /** Of a part of a node. */
  reportError(line: string): void {
    this.hasErrors = true
    this.#status.printLine(line)
  }
}
