import { mkdir } from 'node:fs/promises'
import { ParleyError } from '../client/errors.ts'
import { RecordingDocument, type RecordingFieldsFragment } from '../client/gql/graphql.ts'
import type { ConnectionPage } from '../client/pages.ts'
import { createClient, saveRecording, type ParleyClient, type SavedRecording } from '../client/node.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { createWriter, type WriteRows } from './output.ts'
import { formatProgress } from './progress.ts'
import { readRecordingList } from './recording-list.ts'
import { getServerAddress } from './server-address.ts'
import { SourceReporter } from './source-reporter.ts'
import { StatusLine } from './status-line.ts'

/** Errors that every other recording would have, too. */
const generalCodes: ReadonlySet<string> = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'UNREACHABLE', 'SHUTTING_DOWN'])

type RecordingPage = ConnectionPage & { nodes: readonly RecordingFieldsFragment[] }

interface Run {
  client: ParleyClient
  folder: string
  write: WriteRows
  status: StatusLine
  reports: SourceReporter
  signal: AbortSignal
}

/** `parley recordings download`: saves recordings one after the other. Returns the worst exit code. */
export async function runDownloadCommand(input: CommandLine): Promise<number> {
  const { url, key } = getServerAddress(input)
  const status = new StatusLine()
  const run: Run = {
    client: createClient({ url, ...(key === undefined ? {} : { key }) }),
    folder: input.getOption('folder') ?? '.',
    write: createWriter(input, ['id', 'path', 'sizeBytes', 'existed']),
    status,
    reports: new SourceReporter(status),
    signal: listenForInterruption(),
  }
  try {
    return await saveAll(input.arguments.length > 0 ? findRecordings(input, run) : listRecordings(input, run), run)
  } catch (error) {
    const { signal } = run
    if (!signal.aborted && !(error instanceof ParleyError)) throw error
    const hint = 'To continue, run the command again.'
    if (signal.aborted) {
      status.printLine(`Interrupted. ${hint}`)
      return signal.reason as number
    }
    const { code, message, retryable } = error as ParleyError
    status.printLine(`${code}: ${message}${retryable ? ` ${hint}` : ''}`)
    return getExitCodeOfError(error as ParleyError)
  }
}

async function saveAll(recordings: AsyncIterable<RecordingFieldsFragment>, run: Run): Promise<number> {
  const codes = new Set<number>()
  for await (const recording of recordings) codes.add(await save(recording, run))
  run.status.clear()
  if (run.reports.hasFailedSources) codes.add(exit.rejected)
  return [exit.rejected, exit.unavailable].find((code) => codes.has(code)) ?? exit.success
}

/** Saves one recording. Returns the exit code. @throws ParleyError if the other recordings would fail, too. */
async function save({ id, name, state }: RecordingFieldsFragment, run: Run): Promise<number> {
  const { client, folder, signal, status, write } = run
  if (state !== 'READY') {
    const isProcessing = state === 'PROCESSING'
    status.printLine(`${name}: the recording is not ${isProcessing ? 'ready yet' : 'available'}.`)
    return isProcessing ? exit.unavailable : exit.rejected
  }
  const startedAt = performance.now()
  const onProgress = (received: number, size: number | null) =>
    status.show(() => `${name}: ${formatProgress(received, size, performance.now() - startedAt)}`)
  try {
    const saved = await saveFile(client, { id, name }, folder, { signal, onProgress })
    status.clear()
    write([{ id, ...saved }])
    return exit.success
  } catch (error) {
    if (!(error instanceof ParleyError) || generalCodes.has(error.code) || signal.aborted) throw error
    status.printLine(`${name}: ${error.code}: ${error.message}`)
    return getExitCodeOfError(error)
  }
}

/** @throws UsageError if the file cannot be written. */
async function saveFile(
  ...[client, recording, folder, options]: Parameters<typeof saveRecording>
): Promise<SavedRecording> {
  try {
    await mkdir(folder, { recursive: true })
    return await saveRecording(client, recording, folder, options)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined || error instanceof ParleyError) throw error
    throw new UsageError(`The folder "${folder}" cannot be written (${code}).`)
  }
}

/** Looks up the recordings whose IDs are the arguments. */
async function* findRecordings(input: CommandLine, { client, signal }: Run): AsyncGenerator<RecordingFieldsFragment> {
  for (const name of ['from', 'before', 'conference'])
    if (input.getOption(name) !== undefined) throw new UsageError(`"--${name}" cannot be combined with IDs.`)
  for (const id of input.arguments) {
    const { node } = await client.request(RecordingDocument, { id }, { signal })
    if (!node || !('contentType' in node))
      throw new ParleyError('NOT_FOUND', `The recording "${id}" was not found.`, { outcomeUnknown: false })
    yield node
  }
}

async function* listRecordings(
  input: CommandLine,
  { client, reports, signal }: Run,
): AsyncGenerator<RecordingFieldsFragment> {
  const list = readRecordingList(input)
  const variables: object = { first: 100, ...list.variables }
  const pick = (data: object): RecordingPage | null =>
    list.path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data) as RecordingPage
  const onPage = ({ sources = [] }: ConnectionPage): void => {
    for (const source of sources) reports.reportSource(source)
  }
  yield* client.paginate(list.document as never, variables, pick, { signal, onPage })
}
