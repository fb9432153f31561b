import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

const bytes = (size: number) => new Uint8Array(size).fill(7)
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex')
function form(part: string, name: string, size: number, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append(part, new File([bytes(size)], name))
  return form
}

describe('chat files', () => {
  test('are uploaded, read, posted to a continuous chat, and deleted', async () => {
    const up = await client.call(
      'POST',
      '/chat/users/me/files?postToPersonalChat=false',
      form('file', 'Größe 1.txt', 3_000_000),
    )
    expect(up.status).toBe(201)
    const { id } = up.body
    const digest = sha256(bytes(3_000_000))
    const info = (await client.get(`/chat/files/${id}`)).body
    expect(info).toMatchObject({
      file_id: id,
      file_name: 'Größe 1.txt',
      OS_file_type: 'txt',
      length: 3_000_000,
      digest,
    })
    expect(client.zoom.effects).toMatchObject([{ kind: 'uploadFile', id, detail: { sha256: digest } }])
    expect(client.zoom.data.messages).toEqual([])
    const meeting = [...client.zoom.data.meetings.values()].find(({ settings }) => settings.continuous_meeting_chat)!
    const { channel_id } = meeting.settings.continuous_meeting_chat as { channel_id: string }
    const post = (body: object) => client.call('POST', '/chat/users/me/messages', body)
    const sent = await post({ message: 'Here', to_channel: channel_id, file_ids: [id] })
    expect(sent.status).toBe(201)
    expect(client.zoom.data.messages).toMatchObject([{ id: sent.body.id, toChannel: channel_id, files: [id] }])
    expect(await post({ message: 'x', to_channel: 'none' })).toMatchObject({ status: 404, body: { code: 4130 } })
    expect(await post({ message: 'x', to_contact: 'no@example.org' })).toMatchObject({
      status: 404,
      body: { code: 1001 },
    })
    expect((await post({ message: 'x', to_contact: 'me', file_ids: ['none'] })).body.code).toBe(5301)
    expect((await post({ message: '', to_contact: 'me' })).body.code).toBe(5301)
    expect((await client.call('DELETE', `/chat/files/${id}`)).status).toBe(204)
    expect((await client.get(`/chat/files/${id}`)).status).toBe(404)
  })

  test('are posted to the personal chat by default', async () => {
    const up = await client.call('POST', '/chat/users/me/files', form('file', 'a.txt', 10))
    expect(client.zoom.data.messages).toMatchObject([{ toContact: client.zoom.data.users[0]!.id, files: [up.body.id] }])
  })

  test('are uploaded and sent in one call', async () => {
    const to_contact = client.zoom.data.users[3]!.email
    const send = (part: string, name: string, size: number) =>
      client.call('POST', '/chat/users/me/messages/files', form(part, name, size, { to_contact }))
    const sent = await send('files', 'a.png', 100)
    expect([sent.status, sent.body]).toEqual([201, { id: client.zoom.data.messages[0]!.id }])
    expect((await send('file', 'a.png', 100)).body.code).toBe(5301)
    Object.assign(client.zoom.switches, { maxMessageImage: 100, maxMessageFile: 200 })
    expect((await send('files', 'b.png', 101)).body).toEqual({ code: 300, message: 'Maximum file size exceeded: 100' })
    expect((await send('files', 'b.txt', 101)).status).toBe(201)
  })

  test('are rejected if they are too large, have a wrong part, or are not a form', async () => {
    client.zoom.switches.maxChatFile = 1_000_000
    const upload = (body: unknown) => client.call('POST', '/chat/users/me/files', body)
    const large = await upload(form('file', 'a.bin', 4_000_000))
    expect([large.status, large.body]).toEqual([400, { code: 300, message: 'Maximum file size exceeded: 1000000' }])
    expect((await upload(form('files', 'a.bin', 10))).body.code).toBe(300)
    expect((await upload({ file: 'x' })).body.code).toBe(300)
    expect(client.zoom.data.files.size).toBe(0)
  })

  test('are rejected if the file name has no quotation marks', async () => {
    const body = '--b\r\nContent-Disposition: form-data; name="file"; filename=a.txt\r\n\r\nhi\r\n--b--\r\n'
    const headers = {
      authorization: `Bearer ${await client.token()}`,
      'content-type': 'multipart/form-data; boundary=b',
    }
    const response = await fetch(`${client.zoom.url}/v2/chat/users/me/files`, { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: 300, message: "Invalid 'Content-Disposition' in multipart form" },
    ])
  })

  test('are not stored if the upload is aborted', async () => {
    const { pathname, hostname, port } = new URL(`${client.zoom.url}/v2/chat/users/me/files`)
    const headers = {
      authorization: `Bearer ${await client.token()}`,
      'content-type': 'multipart/form-data; boundary=b',
    }
    const cut = request({ method: 'POST', hostname, port, path: pathname, headers })
    const closed = new Promise((resolve) => cut.on('close', resolve))
    cut.on('error', () => {})
    cut.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf', () => cut.destroy())
    await closed
    await client.get('/users/me')
    expect(client.zoom.data.files.size).toBe(0)
    expect(client.zoom.effects).toEqual([])
  })

  test('are redirected to the file host with 307 on request', async () => {
    client.zoom.switches.redirectFilesTo = client.zoom.url
    const first = await client.call('POST', '/chat/users/me/files?postToPersonalChat=false', form('file', 'a.txt', 9))
    expect(first.status).toBe(307)
    const next = first.headers.get('location')!.replace(`${client.zoom.url}/v2`, '')
    expect(next).toContain('postToPersonalChat=false')
    expect((await client.call('POST', next, form('file', 'a.txt', 9))).status).toBe(201)
  })
})

describe('avatars and backgrounds', () => {
  test('accepts a JPG or PNG avatar of up to 2 MB, and responds with 201 without a body', async () => {
    const upload = (part: string, name: string, size: number) =>
      client.call('POST', '/users/me/picture', form(part, name, size))
    const done = await upload('pic_file', 'me.png', 500)
    expect([done.status, done.body]).toEqual([201, null])
    expect(client.zoom.effects).toMatchObject([{ kind: 'uploadFile', detail: { name: 'me.png', length: 500 } }])
    expect((await client.get('/users/me')).body.pic_url).toContain(sha256(bytes(500)).slice(0, 32))
    const large = await upload('pic_file', 'me.png', 2 * 1024 * 1024 + 1)
    expect(large.body).toEqual({ code: 120, message: 'File size cannot exceed 2M.' })
    expect((await upload('pic_file', 'me.gif', 5)).body.code).toBe(120)
    expect((await upload('pic_file', 'me.png', 0)).body.message).toBe('File is empty.')
    expect((await upload('file', 'me.png', 5)).body.code).toBe(120)
  })

  test('accepts at most ten backgrounds', async () => {
    const upload = (name: string) =>
      client.call('POST', '/users/me/settings/virtual_backgrounds', form('file', name, 50))
    expect((await upload('sea.mp4')).body).toMatchObject({
      name: 'sea.mp4',
      size: 50,
      type: 'video',
      is_default: false,
    })
    expect((await upload('sea.doc')).body.code).toBe(120)
    for (let n = 0; n < 9; n++) expect((await upload(`${n}.jpg`)).status).toBe(201)
    expect((await upload('11.jpg')).body.message).toBe('A maximum of 10 files are allowed for a user.')
  })
})
