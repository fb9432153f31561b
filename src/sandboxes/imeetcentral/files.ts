import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { fileName } from './disposition.ts'
import { created, type Edge, find, readBody } from './edge.ts'

/** How an item of an attach request fails. */
export interface Refusal {
  status: number
  body?: string
}

const Attach = z.object({ deferredAssetIds: z.array(z.string()) })

/**
 * Uploads in their two steps: the bytes, then what they hang on. `refusals` are used up one an item, in order.
 * Of the targets only milestones are known by their path; tasks and folders follow them by analogy.
 */
export function serveFiles({ app, data, effect }: Edge, refusals: Refusal[]): void {
  app.post('/v1/files/upload', async (c) => {
    const { incoming } = c.env
    const name = fileName(incoming.headers['content-disposition'])
    if (name === null) return c.text('Content-Disposition with a filename is required', 400)
    const digest = await digestOf(incoming)
    if (!digest) return c.text('The upload was cut off', 400)
    const asset = { name, contentType: incoming.headers['content-type'] ?? 'text/plain', ...digest }
    const id = randomUUID()
    data.deferred.set(id, asset)
    effect('uploadFile', id, asset)
    return created(c, id)
  })

  for (const kind of ['milestones', 'tasks', 'folders'] as const) {
    app.post(`/v1/${kind}/:id/files`, async (c) => {
      const target = find<{ id: string }>(data[kind], c.req.param('id'), 'Target')
      const { deferredAssetIds } = await readBody(c, Attach)
      return c.json({ responses: deferredAssetIds.map((id) => attach(id, target.id)) })
    })
  }

  function attach(assetId: string, target: string): Refusal & { requestId: string } {
    const refusal = refusals.shift()
    if (refusal) return { requestId: assetId, ...refusal }
    const asset = data.deferred.get(assetId)
    if (!asset) return { requestId: assetId, status: 404, body: 'Deferred asset not found' }
    data.deferred.delete(assetId)
    const file = data.files.add({ ...asset, target })
    effect('attachFile', file.id, { deferredAssetId: assetId, target, name: asset.name, sha256: asset.sha256 })
    return { requestId: assetId, status: 201, body: file.id }
  }
}

/** Null where the connection was cut before the end. */
async function digestOf(body: IncomingMessage): Promise<{ bytes: number; sha256: string } | null> {
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
