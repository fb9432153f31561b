import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Upload } from '../../../src/vendors/vendor-inputs.ts'
import { open } from './open.ts'

const bytes = Buffer.alloc(300_000, 'parley')
const sha256 = createHash('sha256').update(bytes).digest('hex')

function upload(body: Iterable<Buffer> | AsyncIterable<Buffer> = [bytes.subarray(0, 7), bytes.subarray(7)]): Upload {
  return { name: 'résumé "日本".pdf', contentType: 'application/pdf', size: null, bytes: Readable.from(body) }
}

const withMilestones = 'WzIsMTAwXQ'
const without = 'WzIsMTAxXQ'

test('attaches a file to the first milestone of the workspace', async () => {
  const { sandbox, vendor, call, calls } = await open()
  const operation = call()
  const file = await vendor.uploadConferenceFile(withMilestones, upload(), operation)
  const milestone = [...sandbox.data.milestones.values()].find((row) => row.workspaceId === withMilestones)!
  const stored = sandbox.data.files.get(file.vendorId)
  expect(file).toMatchObject({ state: 'ATTACHED', url: null, raw: { status: 201, body: file.vendorId } })
  expect(stored).toMatchObject({
    name: 'résumé "日本".pdf',
    contentType: 'application/pdf',
    sha256,
    target: milestone.id,
  })
  expect(calls()).toEqual([
    `GET /v1/workspaces/${withMilestones}/milestones`,
    'POST /v1/files/upload',
    `POST /v1/milestones/${milestone.id}/files`,
  ])
  expect(operation.writesSucceeded).toBe(1)
})

test('creates a milestone if there is none, and uses it again', async () => {
  const { sandbox, vendor, call } = await open()
  await vendor.uploadConferenceFile(without, upload(), call())
  await vendor.uploadConferenceFile(without, upload(), call())
  const kinds = ['uploadFile', 'createMilestone', 'attachFile', 'uploadFile', 'attachFile']
  expect(sandbox.effects.map(({ kind }) => kind)).toEqual(kinds)
  const made = [...sandbox.data.milestones.values()].filter((row) => row.workspaceId === without)
  expect(made).toMatchObject([{ title: 'Files', dueDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }])
})

test('uploads a library file as deferred', async () => {
  const { sandbox, vendor, call, calls } = await open()
  const operation = call()
  const { vendorId, ...file } = await vendor.uploadLibraryFile(upload(), operation)
  expect(file).toEqual({ state: 'DEFERRED', url: null, raw: vendorId })
  expect(sandbox.data.deferred.get(vendorId)).toMatchObject({ sha256 })
  expect(calls()).toEqual(['POST /v1/files/upload'])
  expect(operation.writesSucceeded).toBe(1)
})

test('sends no bytes for a missing workspace', async () => {
  const { vendor, call, calls } = await open()
  const body = Readable.from([bytes])
  const file = { ...upload(), bytes: body }
  await expect(vendor.uploadConferenceFile('WzIsMV0', file, call())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(calls()).toHaveLength(1)
  expect(body.readableDidRead).toBe(false)
})

test.each([
  [500, 'VENDOR_UNAVAILABLE'],
  [404, 'NOT_FOUND'],
  [401, 'VENDOR_FORBIDDEN'],
  [409, 'VENDOR_CONFLICT'],
  [422, 'VENDOR_REJECTED'],
])('rejects a failed item (%i) in a successful response', async (status, code) => {
  const { sandbox, vendor, call } = await open()
  sandbox.attachRejections.push({ status, body: 'no room' })
  const operation = call()
  const rejection = { code, delivery: 'rejected', vendorStatus: status, vendorMessage: 'no room' }
  await expect(vendor.uploadConferenceFile(withMilestones, upload(), operation)).rejects.toMatchObject(rejection)
  expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['uploadFile'])
  expect(operation.writesSucceeded).toBe(0)
})

test('accepts a failed item without a message', async () => {
  const { sandbox, vendor, call } = await open()
  sandbox.attachRejections.push({ status: 403 })
  const operation = call()
  const rejection = { code: 'VENDOR_FORBIDDEN', delivery: 'rejected', vendorMessage: null }
  await expect(vendor.uploadConferenceFile(withMilestones, upload(), operation)).rejects.toMatchObject(rejection)
  expect(operation.writesSucceeded).toBe(0)
})

test.each([
  { responses: [{ requestId: 'another', status: 201, body: 'x' }] },
  { responses: [] },
  { responses: [{ requestId: 'x', status: 0, body: 'x' }] },
  {},
])('reports %j as an unknown result', async (body) => {
  const { sandbox, vendor, call } = await open()
  const headers = { 'content-type': 'application/json' }
  const match = { method: 'POST', path: /milestones\/.*\/files/ }
  sandbox.fault({ match, kind: 'body', status: 200, headers, body: JSON.stringify(body) })
  const operation = call()
  const uploading = vendor.uploadConferenceFile(withMilestones, upload(), operation)
  await expect(uploading).rejects.toMatchObject({
    code: 'VENDOR_BAD_RESPONSE',
    delivery: 'unread',
  })
  expect(operation.writesSucceeded).toBe(1)
})

test('creates nothing if the upload ends early', async () => {
  const { sandbox, vendor, call } = await open()
  async function* cut() {
    yield bytes
    throw new Error('the caller went away')
  }
  const operation = call()
  await expect(vendor.uploadConferenceFile(without, upload(cut()), operation)).rejects.toThrow()
  expect(sandbox.effects).toEqual([])
  expect(operation.writesSucceeded).toBe(0)
})
