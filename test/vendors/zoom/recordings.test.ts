import { describe, expect, test } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import { newCall } from '../../support/account.ts'
import { oddValues } from '../contract/odd-values.ts'
import { Recording as RecordingShape } from '../contract/shapes.ts'
import type { Recording } from '../../../src/vendors/vendor-objects.ts'
import { createFileList } from '../../../src/vendors/zoom/recorded-session.ts'
import { identifyFiles, ZoomRecording } from '../../../src/vendors/zoom/recording.ts'

const session = { uuid: '/abc==', meetingId: '123', topic: 'Weekly sync', startedAt: new Date('2026-11-02T09:00:00Z') }
const link = { play_url: 'https://zoom.us/rec/play/a?pwd=secret', download_url: 'https://zoom.us/rec/download/a' }

const video = {
  id: 'f1',
  meeting_id: session.uuid,
  file_type: 'MP4',
  file_extension: 'MP4',
  file_size: 5_368_709_120,
  recording_type: 'shared_screen_with_speaker_view',
  recording_start: '2026-11-02T09:01:00Z',
  recording_end: '2026-11-02T10:01:30Z',
  status: 'completed',
  ...link,
}

const createRecording = (file: object): Recording =>
  new ZoomRecording(session, identifyFiles([{ ...video, ...file }])[0]!)

describe('ZoomRecording', () => {
  test('reads a video', () => {
    const recording = createRecording({})
    const { vendorId, parentId, sessionId, conferenceId, title, kind, state, name, contentType } = recording
    expect({ vendorId, parentId, sessionId, conferenceId, title, kind, state, name, contentType }).toEqual({
      vendorId: 'f1',
      parentId: '/abc==',
      sessionId: '/abc==',
      conferenceId: '123',
      title: 'Weekly sync',
      kind: 'VIDEO',
      state: 'READY',
      name: 'Weekly sync 2026-11-02 0901 shared_screen_with_speaker_view.mp4',
      contentType: 'video/mp4',
    })
    expect(recording.size).toBe(5_368_709_120)
    expect(recording.startedAt).toEqual(new Date('2026-11-02T09:01:00Z'))
    expect(recording.durationSeconds).toBe(3_630)
    expect(recording.playUrl).toBe('https://zoom.us/rec/play/a')
  })

  test.each([
    ['M4A', 'AUDIO', 'audio/mp4', 'm4a'],
    ['TRANSCRIPT', 'TRANSCRIPT', 'text/vtt', 'vtt'],
    ['CC', 'CAPTIONS', 'text/vtt', 'vtt'],
    ['CHAT', 'CHAT', 'text/plain', 'txt'],
    ['CHAT_MESSAGE', 'CHAT', 'text/plain', 'txt'],
    ['TIMELINE', 'OTHER', 'application/json', 'json'],
    ['SUMMARY', 'OTHER', 'application/json', 'json'],
    ['CSV', 'OTHER', 'text/csv', 'csv'],
    ['TB', 'OTHER', 'image/jpeg', 'jpg'],
    ['HOLOGRAM', 'OTHER', 'application/octet-stream', 'bin'],
    [undefined, 'OTHER', 'application/octet-stream', 'bin'],
  ])('maps the file type %s', (file_type, kind, contentType, extension) => {
    const recording = createRecording({ file_type, file_extension: '' })
    expect(recording).toMatchObject({ kind, contentType })
    expect(recording.name.endsWith(`.${extension}`)).toBe(true)
  })

  test('keeps the extension of an unknown type only if it is one', () => {
    expect(createRecording({ file_type: 'HOLOGRAM', file_extension: 'HOLO' }).name).toMatch(/\.holo$/)
    expect(createRecording({ file_type: 'HOLOGRAM', file_extension: '../x' }).name).toMatch(/\.bin$/)
  })

  test.each([
    [{ status: 'processing', recording_end: '', file_size: 0 }, 'PROCESSING'],
    [{ status: 'recording' }, 'PROCESSING'],
    [{ status: 'failed' }, 'UNAVAILABLE'],
    [{ deleted_time: '2026-11-03T00:00:00Z' }, 'UNAVAILABLE'],
    [{ download_url: undefined, file_path: '/1/demo.mp4' }, 'UNAVAILABLE'],
    [{ status: undefined }, 'READY'],
  ])('derives the state from %j', (file, state) => {
    expect(createRecording(file).state).toBe(state)
  })

  test('reports neither size nor duration of a file that is being prepared', () => {
    const recording = createRecording({ status: 'processing', recording_end: '', file_size: 0 })
    expect(recording.size).toBeNull()
    expect(recording.durationSeconds).toBeNull()
  })

  test('identifies files without an ID by their type and start, and by a number if these are not unique', () => {
    const bare = { recording_start: video.recording_start }
    const files = ['CC', 'TIMELINE', 'CC'].map((file_type) => ({ ...bare, file_type }))
    expect(identifyFiles([...files, video]).map(({ id }) => id)).toEqual([
      'cc:2026-11-02T09:01:00Z',
      'timeline:2026-11-02T09:01:00Z',
      'cc:2026-11-02T09:01:00Z:2',
      'f1',
    ])
  })

  test('shows neither links nor passcodes in `raw`', () => {
    const raw = createRecording({
      password: 'p',
      recording_play_passcode: 'p',
      share_url: 'https://zoom.us/x',
      more: [link],
    }).raw
    expect(JSON.stringify(raw)).not.toMatch(/https|pass|_url/)
    expect(raw).toMatchObject({ id: 'f1', file_type: 'MP4', status: 'completed', more: [{}] })
  })
})

describe('createFileList', () => {
  const file = {
    id: 'f1',
    meeting_id: 'uuid==',
    file_type: 'MP4',
    file_extension: 'MP4',
    file_size: 2_000,
    recording_start: '2026-11-02T09:01:00Z',
    recording_end: '2026-11-02T10:01:00Z',
    recording_type: 'gallery_view',
    status: 'completed',
    ...link,
  }
  const row = {
    uuid: 'uuid==',
    id: 123,
    topic: 'Weekly sync',
    start_time: '2026-11-02T09:00:00Z',
    recording_files: [file],
  }
  const period = { from: new Date('2026-11-01T00:00:00Z'), before: new Date('2026-12-01T00:00:00Z') }

  const read = async (odd: object) => {
    const list = createFileList(async () => [odd], period)
    const { items, problem } = await list.loadPage({ size: 100, link: null }, newCall())
    return { problem, recordings: items.map((item) => (list.getId(item) === null ? null : list.parseItem(item))) }
  }

  test('reads a session with any value in any field, or reports a problem', async () => {
    const rows = oddValues.flatMap((value) => [
      ...Object.keys(row).map((name) => ({ ...row, [name]: value })),
      ...Object.keys(file).map((name) => ({ ...row, recording_files: [{ ...file, [name]: value }] })),
      { ...row, recording_files: [value] },
      { ...row, participant_audio_files: value },
    ])
    for (const odd of rows) {
      const { recordings, problem } = await read(odd)
      if (problem) expect(problem).toBeInstanceOf(Problem)
      for (const recording of recordings)
        if (recording) expect([odd, RecordingShape.safeParse(recording).error?.issues]).toEqual([odd, undefined])
    }
    expect(rows.length).toBeGreaterThan(300)
  })

  test('lists the audio files of single participants, too', async () => {
    const audio = { ...file, id: 'f2', file_type: 'M4A', file_name: 'Audio of "Ada".m4a', file_extension: undefined }
    const { recordings } = await read({ ...row, participant_audio_files: [audio] })
    expect(recordings).toMatchObject([
      { vendorId: 'f1', kind: 'VIDEO' },
      { vendorId: 'f2', kind: 'AUDIO', name: 'Weekly sync 2026-11-02 0901 Audio of Ada.m4a' },
    ])
  })

  test('reports a session without a start instead of omitting it without notice', async () => {
    const unknown = { ...row, start_time: '', recording_files: [{ ...file, recording_start: '' }] }
    expect(await read(unknown)).toMatchObject({ recordings: [], problem: { code: 'VENDOR_BAD_RESPONSE' } })
  })
})
