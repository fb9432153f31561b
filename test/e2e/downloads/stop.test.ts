import { createHash } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { hashFile } from '../../../src/sandboxes/generated-file.ts'
import { start } from '../../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../../src/sandboxes/zoom/recording-files.ts'
import { startProcess } from '../../support/server.ts'
import type { Serve } from './file-host.ts'
import { createPath, startDownloadFixture } from './fixture.ts'

const size = 1_000_000

/** Sends the first half of a file, and the rest when `release` resolves. */
const serveHalves =
  (release: Promise<void>): Serve =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size })
    response.write(Buffer.alloc(size / 2))
    void release.then(() => response.end(Buffer.alloc(size / 2)))
  }

test('finishes a download in progress when the server stops, and rejects new ones', async () => {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  const fixture = await startDownloadFixture(serveHalves(promise))
  onTestFinished(() => fixture.close())
  const response = await fetch(fixture.url + createPath())
  const stopped = fixture.drain()
  const late = await fetch(fixture.url + createPath())
  expect(late.status).toBe(503)
  expect(await late.json()).toMatchObject({ errors: [{ extensions: { code: 'SHUTTING_DOWN', retryable: true } }] })
  release()
  expect((await response.arrayBuffer()).byteLength).toBe(size)
  await stopped
})

test('aborts a download that is in progress after the grace period', async () => {
  const fixture = await startDownloadFixture(serveHalves(new Promise(() => {})), { limits: { shutdownGrace: 1_100 } })
  onTestFinished(() => fixture.close())
  const response = await fetch(fixture.url + createPath())
  const stopped = fixture.drain()
  await expect(response.arrayBuffer()).rejects.toThrow()
  await stopped
  await vi.waitFor(() => expect(fixture.lines.join('')).toContain('"outcome":"SHUTTING_DOWN"'))
})

test('serves a link again after the process was killed', async () => {
  const zoom = await start({ seed: { active: 60, inactive: 0, pending: 0 } })
  const [session] = [...zoom.data.meetings.values()].find(({ past }) => past.length > 0)!.past
  const file = createRecordingFile('video', session!, { size: 200_000 })
  session!.recordings.splice(0, Infinity, file)
  const server = await startProcess({ accounts: { zoom: zoom.account } })
  onTestFinished(async () => {
    await server.dispose()
    await zoom.close()
  })
  const query =
    '{ recordings(filter: { startedFrom: "2020-01-01T00:00:00Z" }, first: 100) { nodes { vendorId downloadUrl } } }'
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as any
  const { downloadUrl } = data.recordings.nodes.find(({ vendorId }: { vendorId: string }) => vendorId === file.id)
  const { pathname } = new URL(downloadUrl as string)
  await server.restart()
  const body = Buffer.from(await (await fetch(server.url + pathname)).arrayBuffer())
  expect(createHash('sha256').update(body).digest('hex')).toBe(hashFile({ seed: file.id, size: file.size }))
  expect(server.stderr()).not.toContain(pathname.split('/')[2]!.slice(0, 20))
})
