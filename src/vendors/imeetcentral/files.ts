import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import { formatContentDisposition } from '../kit/content-disposition.ts'
import type { Upload } from '../vendor-inputs.ts'
import type { Vendor } from '../vendor.ts'
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

/** Uploads files in two steps: `POST /files/upload`, then `POST /milestones/{id}/files` attaches the file. */
export function createFileResource(
  edge: EdgeApi,
): Required<Pick<Vendor, 'uploadConferenceFile' | 'uploadLibraryFile'>> {
  const { client } = edge

  /**
   * Uploads a file (`POST /files/upload`) and returns the ID of its deferred asset.
   *
   * @param hasEffect False if the file must be attached afterwards.
   */
  function uploadBytes(file: Upload, hasEffect: boolean, call: CallContext): Promise<string> {
    const headers = {
      'content-type': file.contentType,
      'content-disposition': formatContentDisposition('attachment', file.name),
    }
    const options = { stream: file.bytes, headers, text: true, schema: bareId } as const
    return client.write('POST', path`/files/upload`, hasEffect ? options : { ...options, hasEffect: false }, call)
  }

  /** Finds a milestone of a workspace (`GET /workspaces/{id}/milestones`): files cannot be attached to the workspace itself. */
  async function findMilestone(workspaceId: string, call: CallContext): Promise<string | null> {
    const milestones = createLinkedList(edge, path`/workspaces/${workspaceId}/milestones`, readItem)
    const milestone = await findItem(milestones, () => true, call)
    return milestone && milestone.id
  }

  /** Creates a milestone (`POST /workspaces/{id}/milestones`). Later uploads use it, too, so it is not the requested effect. */
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
      // The search comes before the upload, so that no bytes are sent for a missing workspace. The creation comes after it,
      // so that a failed upload leaves no milestone.
      const milestone = await findMilestone(conferenceId, call)
      const assetId = await uploadBytes(file, false, call)
      const target = milestone ?? (await createMilestone(conferenceId, call))
      const json = { deferredAssetIds: [assetId] }
      const response = await client.write(
        'POST',
        path`/milestones/${target}/files`,
        { json, schema: AttachResponse },
        call,
      )
      const raw = response.responses?.find(({ requestId }) => requestId === assetId)
      const id = bareId.safeParse(raw?.body).data
      if (id === undefined)
        throw new Problem('VENDOR_BAD_RESPONSE', "The vendor's response does not report the result for the file.", {
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
