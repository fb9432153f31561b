import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendHook } from '../support/zoom-hook.ts'
import { startStage, type Stage } from './stage.ts'

const patient = { timeout: 20_000 }

let stage: Stage
beforeAll(async () => {
  stage = await startStage('urql', { crossOrigin: true })
}, 60_000)
afterAll(() => stage.close())

test('allows reads, mutations, and uploads from a configured origin', async () => {
  const { page, context, complaints } = await stage.visit()
  await page.getByRole('listitem').first().waitFor()
  expect(await page.getByRole('listitem').count()).toBe(10)

  const conference = page.getByRole('region', { name: 'Conference' })
  await conference.getByRole('button', { name: 'Create' }).click()
  await expect.poll(() => conference.getByRole('status').textContent(), { timeout: 10_000 }).toBe('SUCCEEDED')
  expect(stage.trueconf.effects.map(({ kind }) => kind)).toEqual(['createConference'])

  const upload = page.getByRole('region', { name: 'Upload' })
  const buffer = Buffer.from('Minutes of the meeting')
  await upload.getByLabel('File').setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer })
  await upload.getByRole('button').last().click()
  await expect
    .poll(() => upload.getByRole('status').textContent(), { timeout: 10_000 })
    .toMatch(/^SUCCEEDED minutes\.txt [\da-f]{64}$/)
  expect(stage.central.effects).toMatchObject([{ kind: 'uploadFile', detail: { bytes: buffer.length } }])
  expect(complaints).toEqual([])
  await context.close()
})

test('continues a stream after the last message when the server was restarted', async () => {
  const { page, context } = await stage.visit()
  const section = page.getByRole('region', { name: 'Live' })
  const meeting = stage.zoom.data.meetings.values().next().value!
  const send = async (event: string) =>
    expect(await sendHook(stage.hook, event, { id: meeting.id, uuid: meeting.uuid })).toBe(204)
  const last = () => section.getByRole('status').textContent()
  await section.getByRole('button', { name: 'Follow' }).click()
  await expect.poll(() => section.getByText('Zoom: LIVE').count(), patient).toBe(1)
  await send('meeting.started')
  await expect.poll(last, patient).toMatch(/^STARTED: ./)
  const resumed = page.waitForRequest((request) => request.postData()?.includes('"after":"') === true)
  await stage.server.restart()
  await resumed
  await send('meeting.ended')
  await expect.poll(last, patient).toMatch(/^ENDED: ./)
  await context.close()
})

test('returns nothing to a page of another origin', async () => {
  const { page, context } = await stage.visit()
  const { zoom, url } = stage
  await page.goto(zoom.url)
  const response = await page.evaluate(
    (address) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ users(filter: {status: INACTIVE}) { nodes { email } } }"}',
      }).then(
        () => 'completed',
        (error: Error) => error.name,
      ),
    url,
  )
  expect(response).toBe('TypeError')
  // Only this request asks for inactive users. Earlier pages can still read other lists.
  expect(zoom.ledger.filter(({ query }) => query.includes('status=inactive'))).toEqual([])
  await context.close()
})
