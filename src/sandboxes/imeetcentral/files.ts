import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { parseFileName } from './disposition.ts'
import { respondWithId, type Edge, getRow, readBody } from './edge.ts'

/** The error of an item in an attach request. */
export interface RejectedItem {
  status: number
  body?: string
}

const Attach = z.object({ deferredAssetIds: z.array(z.string()) })

/**
 * Serves uploads, which have two steps: the bytes, and the object to which the file is attached. Each attached item takes the
 * next entry of `rejections`.
 *
 * Only the path of milestones is published. The paths of tasks and folders are derived from it.
 */
export function serveFiles({ app, data, effect }: Edge, rejections: RejectedItem[]): void {
  app.post('/v1/files/upload', async (c) => {
    const { incoming } = c.env
    const name = parseFileName(incoming.headers['content-disposition'])
    if (name === null) return c.text('Content-Disposition with a filename is required', 400)
    const digest = await hashBody(incoming)
    if (!digest) return c.text('The upload is incomplete', 400)
    const asset = { name, contentType: incoming.headers['content-type'] ?? 'text/plain', ...digest }
    const id = randomUUID()
    data.deferred.set(id, asset)
    effect('uploadFile', id, asset)
    return respondWithId(c, id)
  })

  for (const kind of ['milestones', 'tasks', 'folders'] as const) {
    app.post(`/v1/${kind}/:id/files`, async (c) => {
      const target = getRow<{ id: string }>(data[kind], c.req.param('id'), 'Target')
      const { deferredAssetIds } = await readBody(c, Attach)
      return c.json({ responses: deferredAssetIds.map((id) => attach(id, target.id)) })
    })
  }

  function attach(assetId: string, target: string): RejectedItem & { requestId: string } {
    const rejection = rejections.shift()
    if (rejection) return { requestId: assetId, ...rejection }
    const asset = data.deferred.get(assetId)
    if (!asset) return { requestId: assetId, status: 404, body: 'Deferred asset not found' }
    data.deferred.delete(assetId)
    const file = data.files.add({ ...asset, target })
    effect('attachFile', file.id, { deferredAssetId: assetId, target, name: asset.name, sha256: asset.sha256 })
    return { requestId: assetId, status: 201, body: file.id }
  }
}

/** Returns null if the connection was closed before the end of the body. */
async function hashBody(body: IncomingMessage): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch {
    return null
  }
  return { bytes, sha256: hash.digest('hex') }
}
