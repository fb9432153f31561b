import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStage, type Stage } from './stage.ts'

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

test('returns nothing to a page of another origin', async () => {
  const { page, context } = await stage.visit()
  const { zoom, url } = stage
  await page.goto(zoom.url)
  const before = zoom.ledger.length
  const answer = await page.evaluate(
    (address) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ users { nodes { email } } }"}',
      }).then(
        () => 'answered',
        (error: Error) => error.name,
      ),
    url,
  )
  expect(answer).toBe('TypeError')
  expect(zoom.ledger.length).toBe(before)
  await context.close()
})
