import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import { formatContentDisposition } from '../kit/content-disposition.ts'
import type { Upload, Vendor } from '../vendor.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { text } from '../kit/lenient.ts'
import { shortList } from '../kit/short-list.ts'
import { bareId, readItem } from './item.ts'

const AttachResponse = z.object({
  responses: shortList(
    z.looseObject({ requestId: z.string(), status: z.coerce.number().min(200).max(299), body: text }),
  ),
})

/** Uploads in the vendor's two steps: the bytes alone, then what they hang on. */
export function createFileResource(
  edge: EdgeApi,
): Required<Pick<Vendor, 'uploadConferenceFile' | 'uploadLibraryFile'>> {
  const { client } = edge

  /** Step 1. Gives the id of a deferred asset; `counts`: it is all that is asked for. */
  function uploadBytes(file: Upload, counts: boolean, call: CallContext): Promise<string> {
    const headers = {
      'content-type': file.contentType,
      'content-disposition': formatContentDisposition('attachment', file.name),
    }
    const options = { stream: file.bytes, headers, text: true, schema: bareId } as const
    return client.write('POST', path`/files/upload`, counts ? options : { ...options, hasEffect: false }, call)
  }

  /** A workspace is nothing that files can hang on, its milestones are: any of them. */
  async function findMilestone(workspaceId: string, call: CallContext): Promise<string | null> {
    const milestones = createLinkedList(edge, path`/workspaces/${workspaceId}/milestones`, readItem)
    const found = await findItem(milestones, () => true, call)
    return found && found.id
  }

  /** Lasting, but found again and used by the next upload: whether a file was attached it does not say. */
  function createMilestone(workspaceId: string, call: CallContext): Promise<string> {
    const json = {
      title: 'Files',
      dueDate: new Date().toISOString().slice(0, 10),
      description: 'Holds uploaded files.',
    }
    const options = { json, text: true, schema: bareId, hasEffect: false } as const
    return client.write('POST', path`/workspaces/${workspaceId}/milestones`, options, call)
  }

  return {
    async uploadConferenceFile(conferenceId, file, call) {
      // Before the bytes: a workspace that is not there need not be sent them. Made after: a cut upload leaves nothing.
      const milestone = await findMilestone(conferenceId, call)
      const assetId = await uploadBytes(file, false, call)
      const target = milestone ?? (await createMilestone(conferenceId, call))
      const json = { deferredAssetIds: [assetId] }
      const answer = await client.write(
        'POST',
        path`/milestones/${target}/files`,
        { json, schema: AttachResponse },
        call,
      )
      const raw = answer.responses?.find(({ requestId }) => requestId === assetId)
      const id = bareId.safeParse(raw?.body).data
      if (id === undefined)
        throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor does not say what became of the file.', {
          delivery: 'unread',
        })
      return { vendorId: id, state: 'ATTACHED', url: null, raw }
    },

    async uploadLibraryFile(file, call) {
      const id = await uploadBytes(file, true, call)
      return { vendorId: id, state: 'DEFERRED', url: null, raw: id }
    },
  }
}
