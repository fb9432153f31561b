import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashFile } from '../../../src/sandboxes/generated-file.ts'
import { createRecordingFile } from '../../../src/sandboxes/zoom/recording-files.ts'
import type { Instance, Meeting, RecordingFile } from '../../../src/sandboxes/zoom/index.ts'
import { connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect({ seed: { active: 60, inactive: 0, pending: 0, sessions: 0 } })))
afterEach(() => client.zoom.close())

const size = 300_000
const findPastMeeting = (): Meeting => [...client.zoom.data.meetings.values()].find(({ past }) => past.length === 3)!
const encode = (uuid: string) => encodeURIComponent(encodeURIComponent(uuid))

/** Adds a file to a session. */
function record(session: Instance, fields: Partial<RecordingFile> = {}): RecordingFile {
  const file = createRecordingFile(`${session.uuid}:${session.recordings.length}`, session, { size, ...fields })
  session.recordings.push(file)
  return file
}

describe('recordings of a session', () => {
  test('are listed by UUID, and by number only those of the latest session', async () => {
    const { id, past } = findPastMeeting()
    record(past[0]!)
    const { body } = await client.get(`/meetings/${encode(past[0]!.uuid)}/recordings`)
    expect(body).toMatchObject({ id, uuid: past[0]!.uuid, recording_count: 1, total_size: size })
    expect(body.recording_files[0]).toMatchObject({ file_type: 'MP4', file_size: size, status: 'completed' })
    expect(body.password).toEqual(expect.any(String))
    expect(body).not.toHaveProperty('download_access_token')
    expect(await client.get(`/meetings/${id}/recordings`)).toMatchObject({ status: 404, body: { code: 3301 } })
  })

  test('contain files that are being prepared, without links', async () => {
    const [session] = findPastMeeting().past
    record(session!, { status: 'processing' })
    const { body } = await client.get(`/meetings/${encode(session!.uuid)}/recordings`)
    expect(body.recording_files[0]).toMatchObject({ status: 'processing', file_size: 0, recording_end: '' })
    expect(body.recording_files[0]).not.toHaveProperty('download_url')
  })

  test('have no ID for TIMELINE and CC if the switch is set', async () => {
    client.zoom.switches.bareFiles = true
    const [session] = findPastMeeting().past
    record(session!, { file_type: 'TIMELINE', file_extension: 'JSON' })
    record(session!)
    const { body } = await client.get(`/meetings/${encode(session!.uuid)}/recordings`)
    expect(body.recording_files.map((file: object) => 'id' in file)).toEqual([false, true])
  })

  test('move to the trash one by one, or are deleted', async () => {
    const { host_id, past } = findPastMeeting()
    const [video, audio] = [record(past[0]!), record(past[0]!, { file_type: 'M4A', file_extension: 'M4A' })]
    const path = `/meetings/${encode(past[0]!.uuid)}/recordings`
    expect((await client.call('DELETE', `${path}/${video.id}`)).status).toBe(204)
    expect((await client.call('DELETE', `${path}/${video.id}`)).body.code).toBe(3301)
    const trash = await client.get(`/users/${host_id}/recordings?trash=true`)
    expect(trash.body.meetings[0].recording_files).toMatchObject([{ id: video.id, deleted_time: expect.any(String) }])
    expect((await client.call('DELETE', `${path}/${audio.id}?action=delete`)).status).toBe(204)
    expect((await client.get(path)).body.code).toBe(3301)
    const detail = { uuid: past[0]!.uuid }
    expect(client.zoom.effects).toMatchObject([
      { kind: 'deleteRecording', id: video.id, detail: { ...detail, action: 'trash' } },
      { kind: 'deleteRecording', id: audio.id, detail: { ...detail, action: 'delete' } },
    ])
  })

  test('can be recovered from the trash, one by one or all', async () => {
    const [session] = findPastMeeting().past
    const [video, audio] = [record(session!), record(session!, { file_type: 'M4A', file_extension: 'M4A' })]
    const path = `/meetings/${encode(session!.uuid)}/recordings`
    expect((await client.call('DELETE', path)).status).toBe(204)
    expect((await client.get(path)).body.code).toBe(3301)
    expect((await client.get(`${path}/settings`)).body.code).toBe(3301)
    const recover = (file: string) => client.call('PUT', `${path}${file}/status`, { action: 'recover' })
    expect((await recover(`/${audio.id}`)).status).toBe(204)
    expect((await client.get(path)).body.recording_files).toMatchObject([{ id: audio.id }])
    expect((await recover(`/${audio.id}`)).body.code).toBe(3301)
    expect((await recover('')).status).toBe(200)
    expect((await client.get(path)).body.recording_files).toMatchObject([{ id: video.id }, { id: audio.id }])
    expect((await recover('')).body.code).toBe(3301)
    expect((await client.get(`${path}/settings`)).body).toMatchObject({ password: findPastMeeting().password })
  })

  test('cannot be deleted before they are complete', async () => {
    const [session] = findPastMeeting().past
    const { id } = record(session!, { status: 'processing' })
    const path = `/meetings/${encode(session!.uuid)}/recordings/${id}`
    expect((await client.call('DELETE', path)).body.code).toBe(3303)
  })
})

describe('lists of recordings', () => {
  test('shorten a period of more than one month without an error, and never contain a token', async () => {
    const { host_id, past } = findPastMeeting()
    for (const session of past) record(session)
    past[0]!.start -= 60 * 24 * 3600_000
    const period = 'from=2026-01-01&to=2026-11-20&include_fields=download_access_token'
    for (const path of ['/accounts/me/recordings', `/users/${host_id}/recordings`]) {
      const { body } = await client.get(`${path}?${period}`)
      expect(body).toMatchObject({ from: '2026-10-20', to: '2026-11-20', total_records: 2 })
      expect(body.meetings.map(({ uuid }: Instance) => uuid)).toEqual(past.slice(1).map(({ uuid }) => uuid))
      expect(JSON.stringify(body)).not.toContain('download_access_token')
    }
    const march = await client.get('/accounts/me/recordings?from=2026-03-01&to=2026-03-31')
    expect(march.body).toMatchObject({ from: '2026-03-01', meetings: [] })
  })

  test('require the master scope for an account ID', async () => {
    const { status, body } = await client.get(`/accounts/${client.zoom.accountId}/recordings`)
    expect([status, body.code]).toEqual([400, 4711])
  })
})

describe('the file host', () => {
  async function open(fields: Partial<RecordingFile> = {}) {
    const [session] = findPastMeeting().past
    const file = record(session!, fields)
    const path = `/meetings/${encode(session!.uuid)}/recordings?include_fields=download_access_token&ttl=60`
    const { body } = await client.get(path)
    return { file, url: body.recording_files[0].download_url as string, token: body.download_access_token as string }
  }
  const follow = async (url: string, token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(url, { headers, redirect: 'manual' })).headers.get('location')!
  }
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

  test('redirects to a signed URL at another origin, which rejects a second credential and expires', async () => {
    const { url, token } = await open()
    const signed = await follow(url, token)
    expect(new URL(signed).origin).not.toBe(new URL(url).origin)
    expect(signed.startsWith(new URL(client.zoom.account.fileUrl).origin)).toBe(true)
    expect((await fetch(signed, { headers: { authorization: `Bearer ${token}` } })).status).toBe(400)
    expect((await fetch(signed.replace('Signature=', 'Signature=x'))).status).toBe(403)
    expect((await bytesOf(await fetch(signed))).length).toBe(size)
    client.clock.now += 60_000
    expect((await fetch(signed)).status).toBe(403)
  })

  test('sends the file to clients that follow redirects, which send the token to the first origin only', async () => {
    const { file, url, token } = await open()
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const sha256 = createHash('sha256')
      .update(await bytesOf(response))
      .digest('hex')
    expect(sha256).toBe(hashFile({ seed: file.id, size }))
    const entries = client.zoom.ledger.filter(({ path }) => path.startsWith('/rec/'))
    expect(entries.map(({ headerNames }) => headerNames.includes('authorization'))).toEqual([true, false])
  })

  test('accepts the token of the session until it expires, and that of an app with the scope', async () => {
    const { url, token } = await open()
    const statusFor = async (bearer: string) =>
      (await fetch(url, { headers: { authorization: `Bearer ${bearer}` }, redirect: 'manual' })).status
    expect(await statusFor(token)).toBe(302)
    expect(await statusFor(await client.token())).toBe(302)
    expect((await fetch(url)).status).toBe(401)
    client.zoom.switches.scopes = ['user:read:list_users:admin']
    expect(await statusFor(await client.token())).toBe(401)
    client.clock.now += 60_000
    expect(await statusFor(token)).toBe(401)
  })

  test('sends ranges whose bytes equal those of the whole file', async () => {
    const { url, token } = await open()
    const signed = await follow(url, token)
    const response = await fetch(signed)
    const whole = await bytesOf(response)
    expect(response.headers.get('content-type')).toBe('video/mp4')
    const etag = response.headers.get('etag')!
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 1],
      ['bytes=70001-140000', 70_001, 140_001],
      ['bytes=299990-', 299_990, size],
      ['bytes=-17', size - 17, size],
      ['bytes=5-999999999', 5, size],
    ] as const) {
      const part = await fetch(signed, { headers: { range, 'if-range': etag } })
      expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end - 1}/${size}`])
      expect((await bytesOf(part)).equals(whole.subarray(start, end))).toBe(true)
    }
    const past = await fetch(signed, { headers: { range: `bytes=${size}-` } })
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    expect((await fetch(signed, { headers: { range: 'bytes=0-1,4-5' } })).status).toBe(200)
    expect((await fetch(signed, { headers: { range: 'bytes=0-1', 'if-range': '"other"' } })).status).toBe(200)
    const head = await fetch(signed, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(size)])
    client.zoom.switches.ranges = false
    const plain = await fetch(signed, { headers: { range: 'bytes=0-1' } })
    expect([plain.status, plain.headers.get('accept-ranges')]).toEqual([200, null])
  })

  test('sends the content of a file, and a web page that asks for a passcode if the switch is set', async () => {
    const content = Buffer.from('WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nHello.\n')
    const { url, token } = await open({ content, file_type: 'TRANSCRIPT', file_extension: 'VTT' })
    const signed = await follow(url, token)
    expect(await bytesOf(await fetch(signed))).toEqual(content)
    client.zoom.switches.passcodePage = true
    const page = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(await page.text()).toContain('Passcode Required')
  })

  test('breaks off or stalls after the bytes of a fault, and records how each download ended', async () => {
    const { url, token } = await open()
    const path = /\/rec\/signed\//
    client.zoom.fault({ match: { path }, kind: 'cut', bytes: 100_000, times: 1 })
    const broken = await fetch(await follow(url, token))
    expect(broken.headers.get('content-length')).toBe(String(size))
    await expect(bytesOf(broken)).rejects.toThrow()
    client.zoom.fault({ match: { path }, kind: 'stall', bytes: 65_536, times: 1 })
    const stalled = (await fetch(await follow(url, token))).body!.getReader()
    let received = 0
    while (received < 65_536) received += (await stalled.read()).value!.length
    expect(received).toBe(65_536)
    await stalled.cancel()
    await bytesOf(await fetch(await follow(url, token)))
    await expect.poll(() => client.zoom.downloads.map(({ end }) => end)).toEqual(['aborted', 'aborted', 'complete'])
  })
})
