import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { blocksOf } from '../docs/blocks.ts'
import type { Library } from './site.ts'
import { startStage } from './stage.ts'

/** Returns the paths of the documents that docs/trusted-documents.md adds to the configuration. */
function listDocuments(): string[] {
  const command = blocksOf('docs/trusted-documents.md', 'sh').find((block) => block.includes('examples/frontends'))!
  const [, settings = ''] = /EOF'\n(.*?) *EOF/s.exec(command)!
  const { documents } = parse(settings) as { documents: { from: string[] } }
  return documents.from.map((path) => resolve(path))
}

/** Waits for as long as a busy machine may need. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 })
const regionOf = (page: Page, name: string) => page.getByRole('region', { name })

test.each<Library>(['relay', 'apollo', 'urql'])(
  'the page of %s works with a server that runs only trusted documents, and sends only their IDs',
  async (library) => {
    const stage = await startStage(library, { documents: listDocuments() })
    const { page, complaints, context } = await stage.visit()
    const requests: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/graphql')) requests.push(request.url() + (request.postData() ?? ''))
    })

    const users = regionOf(page, 'Users').getByRole('listitem')
    await soon(() => users.count()).toBe(10)
    await page.getByRole('button', { name: 'Later', exact: true }).click()
    await soon(() => users.count()).toBe(20)
    await users.first().getByRole('button', { name: 'Refresh' }).click()

    const calendar = regionOf(page, 'Calendar')
    await calendar.getByRole('button', { name: 'Show the next two weeks' }).click()
    await soon(() => calendar.getByRole('listitem').count()).toBe(50)

    const live = regionOf(page, 'Live')
    await live.getByRole('button', { name: 'Follow' }).click()
    await soon(() => live.getByText('Zoom: LIVE').count()).toBe(1)

    const conference = regionOf(page, 'Conference')
    await conference.getByLabel('Title').fill('Sprint review')
    await conference.getByRole('button', { name: 'Create' }).click()
    await soon(() => conference.getByRole('heading').textContent()).toBe('Sprint review is IDLE')
    await conference.getByLabel('Guest').fill('dean')
    await conference.getByRole('button', { name: 'Invite' }).click()
    await soon(() => conference.getByRole('status').textContent()).toBe('SUCCEEDED')
    await conference.getByRole('button', { name: 'Run' }).click()
    await soon(() => conference.getByRole('heading').textContent()).toBe('Sprint review is RUNNING')

    const upload = regionOf(page, 'Upload')
    const file = { name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('Minutes') }
    await upload.getByLabel('File').setInputFiles(file)
    await upload.getByRole('button', { name: 'Upload' }).click()
    await soon(() => upload.getByRole('status').textContent()).toMatch(/^SUCCEEDED minutes.txt /)

    const kinds = stage.trueconf.effects.map(({ kind }) => kind)
    expect(kinds).toEqual(['createConference', 'inviteParticipant', 'runConference'])
    expect(stage.central.effects).toMatchObject([{ kind: 'uploadFile', detail: { name: file.name } }])
    expect(requests.length).toBeGreaterThanOrEqual(8)
    expect(requests.filter((request) => /"query"|[?&]query=/.test(request))).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
    await stage.close()
  },
)
