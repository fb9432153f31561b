import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Meeting } from '../../../src/sandboxes/zoom/index.ts'
import { addFile, addSession, day, openStage, wholeSecond, type ClientName, type Stage } from './stage.ts'

let stage: Stage
let meeting: Meeting
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())
beforeEach(() => {
  ;[meeting] = stage.clear()
})

describe('deleteRecording', () => {
  const mutation = `mutation ($input: DeleteRecordingInput!) {
    deleteRecording(input: $input) { outcome deletedRecordingId replayed problems { code path } }
  }`
  const deleteRecording = async (input: object, name?: ClientName) =>
    (await stage.query(mutation, { input }, name)).deleteRecording

  test.each([
    [false, 'trash'],
    [true, 'delete'],
  ])('deletes one file (permanently: %s)', async (permanently, action) => {
    const session = addSession(meeting, wholeSecond(Date.now() - day), '/a//b+c==')
    const [video, audio] = [addFile(session), addFile(session, { file_type: 'M4A' })]
    const recordingId = encodeId('Recording', 'zoom', session.uuid, video.id)
    const input = { recordingId, permanently, idempotencyKey: `delete-${action}` }
    const result = { outcome: 'SUCCEEDED', deletedRecordingId: recordingId, problems: [] }
    expect(await deleteRecording(input)).toEqual({ ...result, replayed: false })
    expect(await deleteRecording(input)).toEqual({ ...result, replayed: true })
    expect(stage.zoom.effects.filter(({ id }) => id === video.id)).toMatchObject([
      { detail: { uuid: session.uuid, action } },
    ])
    expect(stage.zoom.effects.filter(({ id }) => id === audio.id)).toEqual([])
    expect(await deleteRecording({ recordingId })).toEqual({
      outcome: 'REJECTED',
      deletedRecordingId: null,
      replayed: false,
      problems: [{ code: 'NOT_FOUND', path: ['input', 'recordingId'] }],
    })
  })

  test('requires the scope `recordings`', async () => {
    const session = addSession(meeting, wholeSecond(Date.now() - day))
    const recordingId = encodeId('Recording', 'zoom', session.uuid, addFile(session).id)
    expect(await deleteRecording({ recordingId }, 'writer')).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'FORBIDDEN' }],
    })
    expect(stage.listCalls()).toEqual([])
  })

  test('is not supported by TrueConf, which is not called', async () => {
    stage.trueconf.ledger.length = 0
    const recordingId = encodeId('Recording', 'trueconf', '100', 'record.mp4')
    expect(await deleteRecording({ recordingId })).toMatchObject({
      outcome: 'REJECTED',
      deletedRecordingId: null,
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'recordingId'] }],
    })
    expect(stage.trueconf.ledger).toEqual([])
  })

  test('never deletes a file that has no ID, because Zoom would delete all files of the session', async () => {
    const session = addSession(meeting, wholeSecond(Date.now() - day))
    addFile(session)
    const recordingId = encodeId('Recording', 'zoom', session.uuid, 'timeline:2026-11-30T00:00:00Z')
    expect(await deleteRecording({ recordingId })).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'recordingId'] }],
    })
    expect(stage.listCalls()).toEqual([])
  })
})
