import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type IMeetCentralSandbox, start } from '../../../src/sandboxes/imeetcentral/index.ts'
import { client } from './client.ts'

let sandbox: IMeetCentralSandbox
let api: Awaited<ReturnType<typeof client>>
beforeEach(async () => {
  sandbox = await start({ seed: { users: 1, workspaces: 1, deletedWorkspaces: 0 } })
  api = await client(sandbox)
})
afterEach(() => sandbox.close())

/** Uploads a file in chunks, with an unchanged header in UTF-8. */
function upload(disposition: string | null, body: Readable, contentType?: string) {
  const headers: Record<string, string> = { authorization: api.authorization }
  if (disposition !== null) headers['content-disposition'] = Buffer.from(disposition).toString('latin1')
  if (contentType) headers['content-type'] = contentType
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(`${sandbox.url}/v1/files/upload`, { method: 'POST', headers }, async (response) => {
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(await response.toArray()).toString() })
    })
    sent.once('error', reject)
    body.pipe(sent)
  })
}
const small = () => Readable.from(['hello'])
const attach = async (target: string, deferredAssetIds: unknown) =>
  api.post(`/v1/${target}/files`, { deferredAssetIds })
const milestone = () => `milestones/${[...sandbox.data.milestones.keys()][0]!}`

test('streams and hashes a large file', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const hash = createHash('sha256')
  const body = Readable.from(
    (function* () {
      for (let n = 0; n < 512; n++) {
        hash.update(chunk)
        yield chunk
      }
    })(),
  )
  const { status, text } = await upload('attachment; filename=big.bin', body, 'application/octet-stream')
  expect(status).toBe(201)
  expect(text).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
  const sha256 = hash.digest('hex')
  const asset = { name: 'big.bin', contentType: 'application/octet-stream', bytes: 32 * 1024 * 1024, sha256 }
  expect(sandbox.data.deferred.get(text)).toEqual(asset)
  expect(sandbox.effects).toMatchObject([{ kind: 'uploadFile', id: text, detail: asset }])
  expect(sandbox.ledger.at(-1)).toMatchObject({ bodySha256: sha256, bodyBytes: asset.bytes, status: 201 })
})

test.each([
  ['attachment; filename=brief.txt', 'brief.txt'],
  ['attachment; filename=résumé draft.txt', 'résumé draft.txt'],
  ['attachment; filename=a;b "c".txt', 'a;b "c".txt'],
  ['attachment; filename="quoted \\"x\\"; y.txt"', 'quoted "x"; y.txt'],
  ['attachment; filename="企画.pdf"; size=3', '企画.pdf'],
  ['attachment; filename=plain.txt; size=3', 'plain.txt'],
  [`attachment; filename="resume.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20draft.txt`, 'résumé draft.txt'],
  [`attachment; filename*=iso-8859-1'en'%A3.txt; filename=pound.txt`, '£.txt'],
  [`attachment; filename*=UTF-8''%FF; filename=fallback.txt`, 'fallback.txt'],
  [`attachment; FileName="x; filename*=UTF-8''evil.txt"`, `x; filename*=UTF-8''evil.txt`],
])('%s', async (disposition, name) => {
  const { status, text } = await upload(disposition, small())
  expect(status).toBe(201)
  expect(sandbox.data.deferred.get(text)).toMatchObject({ name, contentType: 'text/plain', bytes: 5 })
})

test.each([null, 'attachment', 'attachment; filename=""', `attachment; filename*=UTF-8''`])(
  'finds no file name in %j',
  async (disposition) => {
    expect((await upload(disposition, small())).status).toBe(400)
    expect(sandbox.data.deferred.size).toBe(0)
    expect(sandbox.effects).toEqual([])
  },
)

test('stores nothing of an aborted upload', async () => {
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1')
  const headers = `Host: localhost\r\nAuthorization: ${api.authorization}\r\nContent-Disposition: attachment; filename=a\r\n`
  socket.write(`POST /v1/files/upload HTTP/1.1\r\n${headers}Content-Length: 1000\r\n\r\nonly this`)
  const arrived = () => sandbox.ledger.find((entry) => entry.path === '/v1/files/upload')?.bodyBytes ?? 0
  while (arrived() < 9) await setImmediate()
  socket.destroy()
  await new Promise((resolve) => socket.once('close', resolve))
  await sandbox.close()
  for (let turn = 0; turn < 10; turn++) await setImmediate()
  expect(sandbox.data.deferred.size).toBe(0)
  expect(sandbox.effects).toEqual([])
})

test('reports the result of each item in an attach request', async () => {
  const { text: id } = await upload('attachment; filename=brief.txt', small())
  const unknown = '00000000-0000-4000-8000-000000000000'
  const response = await attach(milestone(), [unknown, id])
  expect(response.status).toBe(200)
  const [file] = [...sandbox.data.files.values()]
  expect(await response.json()).toEqual({
    responses: [
      { requestId: unknown, status: 404, body: 'Deferred asset not found' },
      { requestId: id, status: 201, body: file!.id },
    ],
  })
  expect(file).toMatchObject({ name: 'brief.txt', bytes: 5, target: milestone().split('/')[1] })
  expect(sandbox.effects.map((effect) => effect.kind)).toEqual(['uploadFile', 'attachFile'])
  expect(sandbox.data.deferred.size).toBe(0)

  const again = (await (await attach(milestone(), [id])).json()) as { responses: { status: number }[] }
  expect(again.responses[0]?.status).toBe(404)
  expect(sandbox.effects).toHaveLength(2)
})

test('rejects the items for which a test adds an error', async () => {
  const { text: id } = await upload('attachment; filename=brief.txt', small())
  sandbox.attachRejections.push({ status: 500, body: 'Something went wrong' })
  expect(await (await attach(milestone(), [id])).json()).toEqual({
    responses: [{ requestId: id, status: 500, body: 'Something went wrong' }],
  })
  expect(sandbox.effects.map((effect) => effect.kind)).toEqual(['uploadFile'])
  expect(await (await attach(milestone(), [id])).json()).toMatchObject({ responses: [{ status: 201 }] })
})

test('attaches files to tasks and folders, but not to workspaces', async () => {
  const { data } = sandbox
  for (const target of [`tasks/${[...data.tasks.keys()][0]}`, `folders/${[...data.folders.keys()][0]}`]) {
    const { text: id } = await upload('attachment; filename=brief.txt', small())
    expect(await (await attach(target, [id])).json()).toMatchObject({ responses: [{ status: 201 }] })
  }
  expect((await attach(`workspaces/${[...data.workspaces.keys()][0]}`, [])).status).toBe(404)
  expect((await attach('milestones/none', [])).status).toBe(404)
  expect((await attach(milestone(), 'not a list')).status).toBe(400)
})
