import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { ParleyClient } from '../client.ts'
import { ParleyError } from '../errors.ts'
import { RecordingLinkDocument } from '../gql/graphql.ts'
import { downloadFile, type DownloadOptions } from './download.ts'

export interface SavedRecording {
  path: string
  sizeBytes: number
  /** Whether the file was in the folder before. */
  existed: boolean
}

/** A link is requested again if it expires during a download of more than 24 h. */
const maxLinks = 10

/**
 * Saves a recording to a folder, unless the folder has it. If the download is interrupted, the next call continues it. The
 * file name ends with a part of a hash of the ID, because several recordings can have the same name.
 *
 * @throws ParleyError if the recording cannot be downloaded. @throws The reason of the signal.
 */
export async function saveRecording(
  client: Pick<ParleyClient, 'request'>,
  recording: { id: string; name: string },
  folder: string,
  options: DownloadOptions = {},
): Promise<SavedRecording> {
  const path = join(folder, createFileName(recording))
  const existing = await stat(path).catch(() => null)
  if (existing?.isFile()) return { path, sizeBytes: existing.size, existed: true }
  for (let links = 1; ; links++) {
    const url = await requestLink(client, recording.id, options.signal)
    try {
      return { path, sizeBytes: await downloadFile(url, path, options), existed: false }
    } catch (error) {
      if (!(error instanceof ParleyError) || error.code !== 'LINK_EXPIRED' || links === maxLinks) throw error
    }
  }
}

async function requestLink(
  client: Pick<ParleyClient, 'request'>,
  id: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { node } = await client.request(RecordingLinkDocument, { id }, { signal })
  if (node && 'downloadUrl' in node && node.downloadUrl) return node.downloadUrl
  throw new ParleyError('NOT_FOUND', 'The recording cannot be downloaded: it is not available.', {
    outcomeUnknown: false,
  })
}

function createFileName({ id, name }: { id: string; name: string }): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 8)
  // The server removes these characters, too, but the name must never lead out of the folder.
  const { name: stem, ext } = parse(name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' '))
  return `${stem}-${digest}${ext}`
}
