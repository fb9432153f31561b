import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listUsers } from '../e2e/list-users.ts'
import { createClient } from '../support/client.ts'
import { startProcess } from '../support/server.ts'
import { sendHook } from '../support/zoom-hook.ts'
import type { Library } from './site.ts'
import { startStage, type Stage } from './stage.ts'

/** Folder for screenshots. Null if none are saved. */
const shots = process.env['SCREENSHOTS']

/** Defines the tests of the page of a library, regardless of how its cache works. */
export function testFrontend(library: Library): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage(library)
  }, 60_000)
  afterAll(() => stage.close())

  test('pages the merged list forward, and from a link to its middle in both directions', async () => {
    const users = await allUsers(stage)
    const { page, context, complaints, requests } = await stage.visit()
    const [earlier, later] = [button(page, 'Earlier'), button(page, 'Later')]
    await shows(page, users.slice(0, 10))
    expect(await earlier.isDisabled()).toBe(true)
    await later.click()
    await shows(page, users.slice(0, 20))
    await later.click()
    await shows(page, users.slice(0, 30))
    expect(requests()).toBe(3)

    await page.getByRole('link', { name: 'From here on' }).click()
    await shows(page, users.slice(30, 40))
    await later.click()
    await shows(page, users.slice(30, 50))
    await earlier.click()
    await shows(page, users.slice(20, 50))
    await later.click()
    await shows(page, users.slice(20, 60))
    await earlier.click()
    await shows(page, users.slice(10, 60))
    await earlier.click()
    await shows(page, users.slice(0, 60))
    await soon(() => earlier.isDisabled()).toBe(true)
    await later.click()
    await shows(page, users.slice(0, 70))
    await later.click()
    await shows(page, users)
    await soon(() => later.isDisabled()).toBe(true)
    expect(requests()).toBe(11)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('names a failed vendor in a banner, continues with the others, and loads its items after it recovers', async () => {
    const { page, context, complaints } = await stage.visit()
    const users = await allUsers(stage)
    const banner = page.getByRole('alert')
    await shows(page, users.slice(0, 10))
    expect(await banner.count()).toBe(0)

    const before = stage.zoom.ledger.length
    const switchOn = stage.zoom.fault({ match: {}, kind: 'reset' })
    await button(page, 'Later').click()
    await shows(page, [...users.slice(0, 10), ...users.slice(30, 40)])
    await soon(() => banner.textContent()).toMatch(/^Zoom is missing: .+ The next page resumes the account\.$/)
    expect(stage.zoom.ledger.length).toBeGreaterThan(before)
    expect(stage.zoom.ledger.slice(before).every(({ status }) => status === null)).toBe(true)

    switchOn()
    await button(page, 'Later').click()
    await shows(page, [...users.slice(0, 10), ...users.slice(30, 40), ...users.slice(10, 20)])
    expect(await banner.count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('reports that every vendor failed, keeps the loaded items, and continues after they recover', async () => {
    const vendors = [stage.zoom, stage.trueconf, stage.central]
    const switchOff = () => vendors.map((vendor) => vendor.fault({ match: {}, kind: 'reset' }))
    const { page, context } = await stage.visit()
    const users = await allUsers(stage)
    const alert = page.getByRole('alert')
    await shows(page, users.slice(0, 10))
    let off = switchOff()
    await button(page, 'Later').click()
    await soon(() => alert.textContent()).toMatch(/\.$/)
    await shows(page, users.slice(0, 10))
    for (const switchOn of off) switchOn()
    await button(page, 'Later').click()
    await shows(page, users.slice(0, 20))
    expect(await alert.count()).toBe(0)

    off = switchOff()
    await page.reload()
    await soon(() => alert.textContent()).toMatch(/\.$/)
    for (const switchOn of off) switchOn()
    await page.reload()
    await shows(page, users.slice(0, 10))
    await context.close()
  })

  test('fetches one object again by its ID, and shows the result in its row', async () => {
    const { page, context, complaints, requests } = await stage.visit()
    const row = page.getByRole('listitem').first()
    await row.waitFor()
    expect(await row.getByRole('link').textContent()).toMatch(/^\+\d+$/)
    const single = () => stage.zoom.ledger.filter(({ path }) => /^\/v2\/users\/[^/]+$/.test(path)).length
    const before = single()
    const email = await row.locator('span').textContent()
    stage.zoom.data.users.find((user) => user.email === email)!.fields['display_name'] = 'Renamed Meanwhile'
    await row.getByRole('button', { name: 'Refresh' }).click()
    await row.getByText('Renamed Meanwhile').waitFor()
    expect(single()).toBe(before + 1)
    expect(requests()).toBe(2)
    await row.getByRole('button', { name: 'Refresh' }).click()
    await soon(single).toBe(before + 2)
    expect(await page.getByRole('listitem').count()).toBe(10)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('shows the calendar of all accounts in order, and follows pages that are still empty', async () => {
    const { zoom, trueconf, central } = stage
    const accounts = { zoom: zoom.account, trueconf: trueconf.account, imeetcentral: central.account }
    const server = await startProcess({ accounts, limits: { scanCalls: 3 } })
    const { page, context, complaints } = await stage.visit()
    const rowsOfPages: number[] = []
    await page.route('**/graphql', async (route) => {
      const response = await route.fetch({ url: server.graphqlUrl })
      const { data } = (await response.json()) as { data: { conferences?: { edges: object[] } } }
      if (data.conferences) rowsOfPages.push(data.conferences.edges.length)
      await route.fulfill({ response })
    })
    const section = page.getByRole('region', { name: 'Calendar' })
    await button(section, 'Show the next two weeks').click()
    const rows = section.getByRole('listitem')
    const more = button(section, 'More')
    await soon(() => rows.count()).toBe(50)
    await soon(() => more.isDisabled()).toBe(false)
    const emptyPages = rowsOfPages.length - 1
    expect(emptyPages).toBeGreaterThan(1)
    expect(rowsOfPages).toEqual([...Array.from({ length: emptyPages }, () => 0), 50])
    await more.click()
    await soon(() => rows.count()).toBeGreaterThan(50)
    expect(rowsOfPages).toHaveLength(emptyPages + 2)
    const times = await rows
      .getByRole('time')
      .evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime))
    expect(times.length).toBeGreaterThan(50)
    expect(times).toEqual(times.toSorted())
    const labelsShown = new Set(await rows.locator('small').allTextContents())
    expect(labelsShown).toEqual(new Set(['Zoom', 'TrueConf Server']))
    expect(complaints).toEqual([])
    await context.close()
    await server.stop('SIGKILL')
  })

  test('creates a conference, invites a user, and starts it, once each', async () => {
    const { page, context, complaints } = await stage.visit()
    const section = page.getByRole('region', { name: 'Conference' })
    const title = section.getByRole('heading')
    const outcome = () => section.getByRole('status').textContent()
    await section.getByLabel('Title').fill('Sprint review')
    await button(section, 'Create').click()
    await soon(() => title.textContent()).toBe('Sprint review is IDLE')
    expect(await outcome()).toBe('SUCCEEDED')
    await section.getByLabel('Guest').fill('nobody-of-this-name')
    await button(section, 'Invite').click()
    await soon(outcome).toMatch(/^REJECTED: ./)
    await section.getByLabel('Guest').fill('dean')
    await button(section, 'Invite').click()
    await soon(outcome).toBe('SUCCEEDED')
    await button(section, 'Run').click()
    await soon(() => title.textContent()).toBe('Sprint review is RUNNING')
    const { effects } = stage.trueconf
    expect(effects.map(({ kind }) => kind)).toEqual(['createConference', 'inviteParticipant', 'runConference'])
    expect(new Set(effects.map(({ id }) => id)).size).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('lists the running conferences as events arrive', async () => {
    const { page, context, complaints } = await stage.visit()
    const section = page.getByRole('region', { name: 'Live' })
    const rows = section.getByRole('listitem')
    const last = () => section.getByRole('status').textContent()
    const running = await fetchRunning(stage)
    const meeting = [...stage.zoom.data.meetings.values()].find(({ id }) => !running.includes(String(id)))!
    const send = async (event: string) =>
      expect(await sendHook(stage.hook, event, { id: meeting.id, uuid: meeting.uuid })).toBe(204)
    await button(section, 'Follow').click()
    await soon(() => section.getByText('Zoom: LIVE').count()).toBe(1)
    await soon(() => rows.count()).toBe(running.length)
    await send('meeting.started')
    await soon(last).toMatch(/^STARTED: ./)
    await soon(() => rows.count()).toBe(running.length + 1)
    expect(await rows.last().locator('small').textContent()).toBe('Zoom')
    if (shots) await page.screenshot({ path: `${shots}/live-${library}.png`, fullPage: true })
    await send('meeting.ended')
    await soon(last).toMatch(/^ENDED: ./)
    await soon(() => rows.count()).toBe(running.length)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('sends the same idempotency key when a click is repeated after its response was lost', async () => {
    const { page, context } = await stage.visit()
    const section = page.getByRole('region', { name: 'Conference' })
    const sent: string[] = []
    await page.route('**/graphql', async (route) => {
      const { variables } = route.request().postDataJSON() as { variables: { input?: { idempotencyKey: string } } }
      if (!variables.input) return route.continue()
      sent.push(variables.input.idempotencyKey)
      if (sent.length > 1) return route.continue()
      await route.fetch()
      return route.abort()
    })
    const { effects } = stage.trueconf
    const before = effects.length
    await section.getByLabel('Title').fill('Lost and found')
    await button(section, 'Create').click()
    await soon(() => section.getByRole('status').textContent()).not.toBe('')
    await button(section, 'Create').click()
    await soon(() => section.getByRole('heading').textContent()).toBe('Lost and found is IDLE')
    await button(section, 'Run').click()
    await soon(() => section.getByRole('heading').textContent()).toBe('Lost and found is RUNNING')
    expect(sent).toHaveLength(3)
    expect(sent[1]).toBe(sent[0])
    expect(sent[2]).not.toBe(sent[0])
    expect(effects.slice(before).map(({ kind }) => kind)).toEqual(['createConference', 'runConference'])
    await context.close()
  })

  test('uploads a file and shows the progress', async () => {
    const { page, context, complaints } = await stage.visit()
    const section = page.getByRole('region', { name: 'Upload' })
    const bytes = randomBytes(24 << 20)
    const folder = await mkdtemp(join(tmpdir(), 'parley-upload-'))
    await writeFile(join(folder, 'minutes.bin'), bytes)
    // The vendor responds slowly, and back pressure stops the browser in the middle of the file.
    stage.central.fault({ match: { path: /upload/ }, kind: 'delay', ms: 300, times: 1 })
    await section.getByLabel('File').setInputFiles(join(folder, 'minutes.bin'))
    const seen = await page.evaluateHandle(watchProgress)
    await button(section, 'Upload').click()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await soon(() => section.getByRole('status').textContent()).toBe(`SUCCEEDED minutes.bin ${sha256}`)
    const parts = await seen.jsonValue()
    expect(parts).toEqual(parts.toSorted((one, other) => one - other))
    expect(parts.some((part) => part > 0 && part < 1)).toBe(true)
    expect(parts.at(-1)).toBe(1)
    expect(stage.central.effects).toMatchObject([
      { kind: 'uploadFile', detail: { name: 'minutes.bin', bytes: bytes.length, sha256 } },
    ])
    expect(complaints).toEqual([])
    await context.close()
    await rm(folder, { recursive: true })
  })
}

/** Waits for as long as a busy machine may need. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 })

/** Records in the browser the values that the progress bar shows from now on. */
function watchProgress(): number[] {
  const parts: number[] = []
  const look = () => parts.push(...[...document.querySelectorAll('progress')].map(({ value }) => value))
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ['value'] })
  return parts
}

const button = (within: Pick<Page, 'getByRole'>, name: string) => within.getByRole('button', { name, exact: true })

/** Waits until the page shows exactly these rows. */
async function shows(page: Page, users: readonly string[]): Promise<void> {
  const rows = page.getByRole('region', { name: 'Users' }).getByRole('listitem')
  const shown = () =>
    rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('span, small')].map((part) => part.textContent)),
    )
  await soon(async () => (await shown()).map((parts) => parts.join(' '))).toEqual(users)
}

const labels: Record<string, string> = {
  zoom: 'Zoom',
  trueconf: 'TrueConf Server',
  imeetcentral: 'iMeet Central',
}

/** Returns the whole list, as the rows of the pages show it. */
/** Returns the vendor's IDs of the conferences that are running. */
async function fetchRunning({ url }: Stage): Promise<string[]> {
  const body = JSON.stringify({
    query: '{ conferences(first: 20, filter: { state: [RUNNING] }) { nodes { vendorId } } }',
  })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const { data } = (await response.json()) as { data: { conferences: { nodes: { vendorId: string }[] } } }
  return data.conferences.nodes.map(({ vendorId }) => vendorId)
}

async function allUsers({ url }: Stage): Promise<string[]> {
  const { nodes } = await listUsers(createClient(url), 'first')
  return nodes.map(({ email, account }) => `${email ?? ''} ${labels[account.key]}`)
}
