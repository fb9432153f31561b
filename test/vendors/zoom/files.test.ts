import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { open, upload } from './open.ts'

const bytes = Buffer.alloc(300_000, 'abcdefgh')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const name = '日本 "x".txt'

describe('uploadConferenceFile', () => {
  it('goes into the continuous chat', async () => {
    const { vendor, call, sandbox, meetings, calls } = await open()
    const meeting = meetings.find(({ settings }) => settings.continuous_meeting_chat)!
    const operation = call()
    const stored = await vendor.uploadConferenceFile(String(meeting.id), upload(bytes, { name }), operation)
    const file = sandbox.data.files.get(stored.vendorId)!
    expect(file).toMatchObject({ name, sha256, length: bytes.length, owner: meeting.host_id })
    const chat = meeting.settings.continuous_meeting_chat as { channel_id: string }
    expect(sandbox.data.messages).toMatchObject([{ toChannel: chat.channel_id, files: [stored.vendorId] }])
    expect(calls()).toEqual([
      `GET /meetings/${meeting.id}`,
      `POST /chat/users/${meeting.host_id}/files`,
      `POST /chat/users/${meeting.host_id}/messages`,
    ])
    expect(operation.written).toBe(1)
  })

  it("goes into the host's own chat where there is no other", async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ settings }) => !settings.continuous_meeting_chat)!
    const stored = await vendor.uploadConferenceFile(String(meeting.id), upload(bytes), call())
    expect(sandbox.data.messages).toMatchObject([{ toContact: meeting.host_id, files: [stored.vendorId] }])
    expect(sandbox.data.files.get(stored.vendorId)).toMatchObject({ sha256 })
  })

  it('leaves nothing behind when the bytes end early', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ settings }) => settings.continuous_meeting_chat)!
    const cut = Readable.from(
      (async function* () {
        yield bytes
        throw new Error('cut')
      })(),
    )
    const file = upload(bytes, { bytes: cut, size: null })
    await expect(vendor.uploadConferenceFile(String(meeting.id), file, call())).rejects.toThrow()
    expect(sandbox.effects).toEqual([])
  })

  it('refuses what is too large before any call, and follows no redirect elsewhere', async () => {
    const { vendor, call, sandbox, meetings, calls } = await open()
    const id = String(meetings[0]!.id)
    const large = upload(bytes, { size: 1024 ** 3 + 1 })
    await expect(vendor.uploadConferenceFile(id, large, call())).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    expect(calls()).toEqual([])
    sandbox.switches.redirectFilesTo = 'http://127.0.0.1:1'
    await expect(vendor.uploadConferenceFile(id, upload(bytes), call())).rejects.toMatchObject({
      code: 'VENDOR_BAD_RESPONSE',
    })
    expect(sandbox.effects).toEqual([])
  })
})

describe('uploadAvatar', () => {
  it('sets the picture under a name that tells its type', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const file = upload(bytes, { name: 'me', contentType: 'image/png' })
    const stored = await vendor.uploadAvatar(owner.id, file, call())
    expect(stored).toMatchObject({ vendorId: owner.id, state: 'ATTACHED', url: owner.detail.pic_url })
    expect(sandbox.effects).toMatchObject([{ detail: { part: 'pic_file', name: 'me.png', sha256 } }])
  })

  it('names the file where Zoom finds it too large', async () => {
    const { vendor, call, sandbox, owner } = await open({ switches: { maxPicture: bytes.length - 1 } })
    const file = upload(bytes, { name: 'me.png', contentType: 'image/png', size: null })
    await expect(vendor.uploadAvatar(owner.id, file, call())).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      path: ['input', 'file'],
      vendorCode: '120',
    })
    expect(sandbox.effects).toEqual([])
  })

  it.each([
    [{ contentType: 'image/svg+xml' }, 'BAD_USER_INPUT'],
    [{ contentType: 'image/jpeg', size: 2 * 1024 * 1024 + 1 }, 'PAYLOAD_TOO_LARGE'],
  ])('refuses %j before any call', async (file, code) => {
    const { vendor, call, calls } = await open({ seed: { active: 1 } })
    await expect(vendor.uploadAvatar('x', upload(bytes, file), call())).rejects.toMatchObject({ code })
    expect(calls()).toEqual([])
  })
})
