import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { sendHook, type HookTarget } from '../support/zoom-hook.ts'

const webhookSecret = 'a-secret-of-the-test'
let sandboxes: Sandboxes
let server: ServerProcess
let browser: Browser
let hook: HookTarget
let meetingId: string

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  const zoom = { accountId: '', ...sandboxes.accounts['zoom'], webhookSecret }
  const apiKeySha256 = createHash('sha256').update('explorer-key').digest('hex')
  const clients = [{ name: 'explorer', apiKeySha256, scopes: ['read', 'write', 'explore'], accounts: ['zoom'] }]
  server = await startProcess({ accounts: { ...sandboxes.accounts, zoom }, clients })
  hook = { url: `${server.url}/hooks/zoom`, secret: webhookSecret, accountId: zoom.accountId }
  browser = await launchBrowser()
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer explorer-key' },
    body: JSON.stringify({ query: '{ conferences(first: 1) { nodes { vendorId } } }' }),
  })
  const { data } = (await response.json()) as { data: { conferences: { nodes: { vendorId: string }[] } } }
  meetingId = data.conferences.nodes[0]!.vendorId
})
afterAll(async () => {
  await browser?.close()
  await server.stop('SIGKILL')
  await sandboxes.close()
})

const patient = { timeout: 20_000 }
/** Folder for screenshots. Null if none are saved. */
const shots = process.env['SCREENSHOTS']

/** Opens GraphiQL with the key of the caller, and runs the tab Watch. */
async function openWatch(): Promise<{ page: Page; complaints: string[]; readResult(): Promise<string> }> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()))
  await page.goto(server.graphqlUrl)
  await page.locator('#sign-in input[type=password]').fill('explorer-key')
  await page.locator('#sign-in button').click()
  const tab = page.locator('.graphiql-tab-button[title="Watch"]')
  await tab.press('Enter')
  await expect.poll(() => page.locator('.graphiql-query-editor .view-lines').textContent(), patient).toContain('Watch')
  const readResult = async (): Promise<string> =>
    ((await page.locator('.result-window .view-lines').textContent()) ?? '').replaceAll('\u00a0', ' ')
  return { page, complaints, readResult }
}

const getRunButton = (page: Page) => page.locator('.graphiql-execute-button')

test('shows the events of a subscription until the stop button is pressed', async () => {
  const { page, complaints, readResult } = await openWatch()
  const ended = page.waitForEvent('requestfailed', (request) => request.postData()?.includes('subscription') === true)
  await getRunButton(page).click()
  await expect.poll(readResult, patient).toContain('"LIVE"')
  expect(await sendHook(hook, 'meeting.started', { id: meetingId, uuid: 'first==' })).toBe(204)
  await expect.poll(readResult, patient).toContain('"STARTED"')
  expect(await readResult()).toContain('"RUNNING"')
  expect(await sendHook(hook, 'meeting.ended', { id: meetingId, uuid: 'first==' })).toBe(204)
  await expect.poll(readResult, patient).toContain('"ENDED"')
  if (shots) await page.screenshot({ path: `${shots}/graphiql-watch.png` })
  await getRunButton(page).click()
  await ended
  await expect.poll(() => getRunButton(page).getAttribute('aria-label')).toMatch(/^Execute/)
  expect(await readResult()).toContain('"ENDED"')
  expect(complaints).toEqual([])
})

test('shows why a subscription ended', async () => {
  const { page, complaints, readResult } = await openWatch()
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText('subscription Watch { conferenceEvents(after: "damaged") { cursor } }')
  await getRunButton(page).click()
  await expect.poll(readResult, patient).toContain('"INVALID_CURSOR"')
  await expect.poll(() => getRunButton(page).getAttribute('aria-label')).toMatch(/^Execute/)
  if (shots) await page.screenshot({ path: `${shots}/graphiql-watch-error.png` })
  expect(complaints).toEqual([])
})

test('shows that the connection was lost', async () => {
  const { page, complaints, readResult } = await openWatch()
  await getRunButton(page).click()
  await expect.poll(readResult, patient).toContain('"LIVE"')
  await server.restart()
  await expect.poll(readResult, patient).toContain('The connection was lost')
  await expect.poll(() => getRunButton(page).getAttribute('aria-label')).toMatch(/^Execute/)
  if (shots) await page.screenshot({ path: `${shots}/graphiql-watch-lost.png` })
  // While the server restarts, the editor cannot load its workers. The page reports this as an error without a text.
  expect(complaints.filter((text) => text !== 'Event')).toEqual([])
})
