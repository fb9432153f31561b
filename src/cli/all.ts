import type { Answer } from '../client/answer.ts'
import { answeredError, ParleyError } from '../client/errors.ts'
import { walkPages } from '../client/pages.ts'
import type { Page, Source } from '../client/pages.ts'
import { errorLine } from './error-line.ts'
import { exit, exitOfError, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { added } from './paged-document.ts'
import { StatusLine } from './status-line.ts'

export interface AllOptions {
  path: readonly string[]
  after: string | null
  load(after: string | null, signal: AbortSignal): Promise<Answer>
}

type NodePage = Page & { nodes: readonly unknown[] }

/** Prints every node of a connection, one JSON value per line. If it stops early, prints how to resume. Returns the exit code. */
export async function printAll({ path, after, load }: AllOptions): Promise<number> {
  const status = new StatusLine(process.stderr, process.stdout.isTTY !== true)
  const reports = new Reports(status)
  const signal = listenForInterruption()
  let [count, cursor] = [0, after]
  try {
    const loadPage = async (after: string | null) => pageOf(await load(after, signal), path, reports)
    for await (const walked of walkPages(loadPage, { after, signal })) {
      const { nodes, sources = [] } = walked.page
      process.stdout.write(nodes.map((node) => `${JSON.stringify(node)}\n`).join(''))
      cursor = walked.after
      count += nodes.length
      for (const source of sources) reports.of(source)
      status.show(() => `${count} nodes`)
    }
    status.clear()
    return reports.incomplete ? exit.refused : exit.done
  } catch (error) {
    const code = signal.aborted ? (signal.reason as number) : error instanceof ParleyError ? exitOfError(error) : null
    if (code === null) throw error
    status.say(signal.aborted ? 'Interrupted.' : `${(error as ParleyError).code}: ${(error as ParleyError).message}`)
    if (cursor !== null && !isLost(error))
      status.say(`To resume the list, run the command again with --after ${cursor}`)
    return code
  }
}

/** Whether the cursor itself is what the server does not take. */
const isLost = (error: unknown): boolean =>
  error instanceof ParleyError && ['INVALID_CURSOR', 'CURSOR_FOREIGN', 'CURSOR_EXPIRED'].includes(error.code)

/** Throws ParleyError where there is no such page, UsageError where it has no nodes. */
function pageOf({ data, errors }: Answer, path: readonly string[], reports: Reports): NodePage {
  let place: unknown = data
  for (const key of path) place = (place as Record<string, unknown> | null | undefined)?.[key]
  if (typeof place !== 'object' || place === null) {
    if (errors.length > 0) throw answeredError(errors, data, false)
    throw new ParleyError('NOT_FOUND', `The list "${path.join('.')}" was not found.`, { outcomeUnknown: false })
  }
  for (const error of errors) reports.error(errorLine(error))
  const page = place as Record<string, unknown>
  const edges = page['edges'] as readonly { node?: unknown }[] | undefined
  const nodes = (page['nodes'] as readonly unknown[] | undefined) ?? edges?.map(({ node }) => node)
  if (!nodes || nodes.includes(undefined))
    throw new UsageError(
      `The document must select nodes or edges { node } at "${path.join('.')}", the value of "--all".`,
    )
  return { nodes, pageInfo: page[added.pageInfo] as Page['pageInfo'], sources: page[added.sources] as Source[] }
}

/** Tells of each account's failure once, however many pages it lasts. */
class Reports {
  incomplete = false
  readonly #status: StatusLine
  readonly #last = new Map<string, string>()

  constructor(status: StatusLine) {
    this.#status = status
  }

  of({ account, status, problem }: Source): void {
    const text = problem && status !== 'UNSUPPORTED' ? `${status}, ${problem.code}: ${problem.message}` : ''
    if (text && this.#last.get(account.key) !== text) this.#status.say(`${account.key}: ${text}`)
    this.#last.set(account.key, text)
  }

  /** Of a part of a node. */
  error(line: string): void {
    this.incomplete = true
    this.#status.say(line)
  }
}
