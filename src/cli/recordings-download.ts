import { mkdir } from 'node:fs/promises'
import { ParleyError } from '../client/errors.ts'
import { RecordingDocument, type RecordingFieldsFragment } from '../client/gql/graphql.ts'
import { saveRecording, type SavedRecording } from '../client/node.ts'
import { iterateList, reportFailure, runBatch, type Batch } from './batch.ts'
import type { CommandLine } from './command.ts'
import { exit, UsageError } from './exit.ts'
import { createWriter, type WriteRows } from './output.ts'
import { formatProgress } from './progress.ts'
import { readRecordingList } from './recording-list.ts'
import { rejectSelectionWithIds } from './session-selection.ts'

/** `parley recordings download`: saves recordings one after the other. Returns the worst exit code. */
export async function runDownloadCommand(input: CommandLine): Promise<number> {
  const ids = input.arguments
  if (ids.length > 0) rejectSelectionWithIds(input)
  const list = ids.length > 0 ? null : readRecordingList(input)
  const write = createWriter(input, ['id', 'path', 'sizeBytes', 'existed'])
  const folder = input.getOption('folder') ?? '.'
  return runBatch(input, async (batch) => {
    const recordings = list ? iterateList<RecordingFieldsFragment>(list, batch) : findRecordings(ids, batch)
    for await (const recording of recordings) await save(recording, folder, write, batch)
  })
}

/** Looks up recordings by ID. @throws ParleyError if one was not found. */
async function* findRecordings(ids: readonly string[], batch: Batch): AsyncGenerator<RecordingFieldsFragment> {
  const { client, signal } = batch
  for (const id of ids) {
    const { node } = await client.request(RecordingDocument, { id }, { signal })
    if (!node || !('contentType' in node))
      throw new ParleyError('NOT_FOUND', `The recording "${id}" was not found.`, { outcomeUnknown: false })
    yield node
  }
}

async function save(
  { id, name, state }: RecordingFieldsFragment,
  folder: string,
  write: WriteRows,
  batch: Batch,
): Promise<void> {
  const { status, codes } = batch
  if (state !== 'READY') {
    const isProcessing = state === 'PROCESSING'
    status.printLine(`${name}: the recording is not ${isProcessing ? 'ready yet' : 'available'}.`)
    codes.add(isProcessing ? exit.unavailable : exit.rejected)
    return
  }
  try {
    const saved = await saveFile({ id, name }, folder, batch)
    status.clear()
    write([{ id, ...saved }])
  } catch (error) {
    reportFailure(error, name, batch)
  }
}

/** Shows the progress of the download. @throws UsageError if the file cannot be written. */
async function saveFile(
  recording: { id: string; name: string },
  folder: string,
  { client, signal, status }: Batch,
): Promise<SavedRecording> {
  const startedAt = performance.now()
  const onProgress = (received: number, size: number | null): void =>
    status.show(() => `${recording.name}: ${formatProgress(received, size, performance.now() - startedAt)}`)
  try {
    await mkdir(folder, { recursive: true })
    return await saveRecording(client, recording, folder, { signal, onProgress })
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined || error instanceof ParleyError) throw error
    throw new UsageError(`The folder "${folder}" cannot be written (${code}).`)
  }
}
