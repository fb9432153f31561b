import { ParleyError } from '../client/errors.ts'
import { createClient, type ParleyClient } from '../client/node.ts'
import type { ConnectionPage } from '../client/pages.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import type { ListRequest } from './list.ts'
import { getServerAddress } from './server-address.ts'
import { SourceReporter } from './source-reporter.ts'
import { StatusLine } from './status-line.ts'

/** The work of a command on several objects, of which some can fail. */
export interface Batch {
  client: ParleyClient
  signal: AbortSignal
  status: StatusLine
  reports: SourceReporter
  /** Exit codes of the objects so far. */
  codes: Set<number>
}

/** Errors that every other object would have, too. */
const generalCodes: ReadonlySet<string> = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'UNREACHABLE', 'SHUTTING_DOWN'])

/** Does the work of a command. Returns the worst exit code. @throws The errors of `work` that are no `ParleyError`. */
export async function runBatch(input: CommandLine, work: (batch: Batch) => Promise<void>): Promise<number> {
  const { url, key } = getServerAddress(input)
  const client = createClient({ url, ...(key === undefined ? {} : { key }) })
  const [status, signal, codes] = [new StatusLine(), listenForInterruption(), new Set<number>()]
  const reports = new SourceReporter(status)
  const hint = 'To continue, run the command again.'
  try {
    await work({ client, signal, status, reports, codes })
    status.clear()
    if (reports.hasFailedSources) codes.add(exit.rejected)
    return [exit.rejected, exit.unavailable].find((code) => codes.has(code)) ?? exit.success
  } catch (error) {
    if (signal.aborted) {
      status.printLine(`Interrupted. ${hint}`)
      return signal.reason as number
    }
    if (!(error instanceof ParleyError)) throw error
    const { code, message, retryable } = error
    status.printLine(`${code}: ${message}${retryable ? ` ${hint}` : ''}`)
    return getExitCodeOfError(error)
  }
}

/** @param retryAt Earliest time for a retry. Null or omitted if it is not known. */
export const formatProblem = (code: string, message: string, retryAt?: string | null): string =>
  `${code}: ${message}${retryAt ? ` (retryAt: ${retryAt})` : ''}`

/** Returns the nodes of a list to its end, and reports the accounts that failed. */
export async function* iterateList<T>(
  { document, variables, path }: Omit<ListRequest, 'columns'>,
  { client, signal, reports }: Batch,
): AsyncGenerator<T> {
  const allVariables: object = { first: 100, ...variables }
  const pick = (data: object) =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data) as
      | (ConnectionPage & { nodes: readonly T[] })
      | null
  const onPage = ({ sources = [] }: ConnectionPage): void => {
    for (const source of sources) reports.reportSource(source)
  }
  yield* client.paginate(document as never, allVariables, pick, { signal, onPage })
}

/** Reports that one object failed. @throws `error`, if it is no `ParleyError`, or if the others would fail, too. */
export function reportFailure(error: unknown, name: string, { signal, status, codes }: Batch): void {
  if (!(error instanceof ParleyError) || generalCodes.has(error.code) || signal.aborted) throw error
  status.printLine(`${name}: ${formatProblem(error.code, error.message, error.retryAt?.toISOString())}`)
  codes.add(getExitCodeOfError(error))
}
