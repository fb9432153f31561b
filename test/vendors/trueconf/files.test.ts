import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { open, type Opened } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

test('uploads an avatar byte for byte', async () => {
  opened = await open()
  const chunks = Array.from({ length: 20 }, () => randomBytes(10_000))
  const file = { name: 'фото "1".png', contentType: 'image/png', size: null, bytes: Readable.from(chunks) }
  expect(await opened.vendor.uploadAvatar('helen', file, opened.call())).toMatchObject({
    vendorId: 'helen',
    state: 'ATTACHED',
    url: `${opened.sandbox.url}/api/v3.8/users/helen/avatar`,
  })
  const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex')
  expect(opened.sandbox.effects).toMatchObject([
    { kind: 'uploadFile', id: 'helen', detail: { contentType: 'image/png', bytes: 200_000, sha256 } },
  ])
})

test('accepts an empty response to an avatar', async () => {
  opened = await open()
  opened.sandbox.fault({ match: { path: /avatar/ }, kind: 'status', status: 204, apply: true })
  const file = { name: 'a.png', contentType: 'image/png', size: 1, bytes: Readable.from([Buffer.from('x')]) }
  expect(await opened.vendor.uploadAvatar('helen', file, opened.call())).toMatchObject({ url: null, raw: {} })
})
