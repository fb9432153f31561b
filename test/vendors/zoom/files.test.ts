import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { newConference } from '../new-conference.ts'
import { open, upload } from './open.ts'

const bytes = Buffer.alloc(300_000, 'abcdefgh')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const name = '日本 "x".txt'

describe('uploadConferenceFile', () => {
  it('posts to the continuous chat', async () => {
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
    expect(operation.writesSucceeded).toBe(1)
  })

  it('posts to the personal chat of the host if there is no other', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ settings }) => !settings.continuous_meeting_chat)!
    const stored = await vendor.uploadConferenceFile(String(meeting.id), upload(bytes), call())
    expect(sandbox.data.messages).toMatchObject([{ toContact: meeting.host_id, files: [stored.vendorId] }])
    expect(sandbox.data.files.get(stored.vendorId)).toMatchObject({ sha256 })
  })

  it('stores nothing if the upload ends early', async () => {
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

  it('rejects a file that is too large before any call, and follows no redirect to another host', async () => {
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
  it('sends the picture with a file name that has the extension of its type', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const file = upload(bytes, { name: 'me', contentType: 'image/png' })
    const stored = await vendor.uploadAvatar(owner.id, file, call())
    expect(stored).toMatchObject({ vendorId: owner.id, state: 'ATTACHED', url: owner.detail.pic_url })
    expect(sandbox.effects).toMatchObject([{ detail: { part: 'pic_file', name: 'me.png', sha256 } }])
  })

  it('names the file if Zoom rejects it as too large', async () => {
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
  ])('rejects %j before any call', async (file, code) => {
    const { vendor, call, calls } = await open({ seed: { active: 1 } })
    await expect(vendor.uploadAvatar('x', upload(bytes, file), call())).rejects.toMatchObject({ code })
    expect(calls()).toEqual([])
  })
})

describe('a slow client', () => {
  const png = { name: 'me.png', contentType: 'image/png', size: null }

  it('does not delay other writes to the user', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const source = new PassThrough()
    source.write(Buffer.alloc(1_000))
    const uploading = vendor.uploadAvatar(owner.id, upload(Buffer.alloc(0), { ...png, bytes: source }), call())
    const input = newConference({ owner: { vendorId: owner.id, email: null } as never })
    await vendor.createConference(input, call())
    expect(sandbox.ledger.filter(({ path }) => path.endsWith('/picture'))).toEqual([])
    source.end(Buffer.alloc(1_000))
    expect(await uploading).toMatchObject({ state: 'ATTACHED' })
  })

  it('is not waited for after the operation ends', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const leaving = new AbortController()
    const file = upload(Buffer.alloc(0), { ...png, bytes: new PassThrough() })
    const uploading = vendor.uploadAvatar(owner.id, file, call().fork({ signal: leaving.signal }))
    leaving.abort(new Error('the operation ended'))
    await expect(uploading).rejects.toThrow('the operation ended')
    expect(sandbox.ledger.filter(({ path }) => path.endsWith('/picture'))).toEqual([])
  })
})

describe('a picture of unknown size', () => {
  const limit = 2 * 1024 ** 2
  const chunks = (size: number) => {
    const whole = Buffer.alloc(size)
    return Readable.from(
      Array.from({ length: Math.ceil(size / 65_536) }, (_, n) => whole.subarray(n * 65_536, (n + 1) * 65_536)),
    )
  }
  const picture = (size: number) =>
    upload(Buffer.alloc(0), { name: 'me.png', contentType: 'image/png', size: null, bytes: chunks(size) })

  it('is sent up to the limit', async () => {
    const { vendor, call, sandbox, owner } = await open()
    await vendor.uploadAvatar(owner.id, picture(limit), call())
    expect(sandbox.effects).toHaveLength(1)
  })

  it('is not sent over the limit', async () => {
    const { vendor, call, sandbox, owner } = await open()
    await expect(vendor.uploadAvatar(owner.id, picture(limit + 1), call())).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: '"input.file" is too large: Zoom accepts at most 2 MiB.',
      path: ['input', 'file'],
      delivery: 'rejected',
    })
    expect(sandbox.ledger.filter(({ path }) => path.endsWith('/picture'))).toEqual([])
  })
})
