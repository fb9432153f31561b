import { createHash } from 'node:crypto'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'

let sandboxes: Sandboxes
/** With callers, under a prefix. */
let server: ServerProcess
/** Without callers. */
let local: ServerProcess
let browser: Browser

const createClient = (name: string, scopes: string[], accounts?: string[]) => ({
  name,
  apiKeySha256: createHash('sha256').update(`${name}-key`).digest('hex'),
  scopes,
  ...(accounts && { accounts }),
})

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  const { accounts } = sandboxes
  const clients = [
    createClient('explorer', ['read', 'write', 'explore'], ['trueconf']),
    createClient('other', ['read', 'explore'], ['zoom']),
    createClient('reader', ['read']),
  ]
  server = await startProcess({ accounts, clients, basePath: '/meetings' })
  local = await startProcess({ accounts })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([server, local].map((each) => each.stop('SIGKILL')))
  await sandboxes.close()
})

const patient = { timeout: 20_000 }
const getForm = (page: Page): Locator => page.locator('#sign-in')
const getEditor = (page: Page): Locator => page.locator('.graphiql-query-editor .view-lines')
const getResult = (page: Page): Locator => page.locator('.result-window .view-lines')
const getTab = (page: Page, title: string): Locator =>
  page.locator('.graphiql-tab').filter({ has: page.locator(`.graphiql-tab-button[title="${title}"]`) })
const listTabs = (page: Page): Promise<string[]> => page.locator('.graphiql-tab-button').allTextContents()
const getActiveTab = (page: Page): Promise<string | null> =>
  page.locator('.graphiql-tab-active .graphiql-tab-button').textContent()

async function open(url: string, width = 1400): Promise<{ page: Page; errors: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && errors.push(message.text()))
  await page.goto(url)
  return { page, errors, close: () => context.close() }
}

async function signIn(page: Page, key: string, isKept = false): Promise<void> {
  await getForm(page).locator('input[type=password]').fill(key)
  await getForm(page).locator('input[type=checkbox]').setChecked(isKept)
  await getForm(page).locator('button').click()
}

/** Presses, moves by a few pixels, and releases, as people do. */
async function click(page: Page, target: Locator): Promise<void> {
  const box = (await target.boundingBox())!
  const [x, y] = [box.x + 20, box.y + box.height / 2]
  await page.mouse.move(x - 60, y + 120)
  await page.mouse.move(x, y, { steps: 5 })
  await page.mouse.down()
  await page.mouse.move(x + 5, y + 2, { steps: 3 })
  await page.mouse.up()
}

const readStorage = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))

describe('GraphiQL of a server with callers', () => {
  test('requires a key, explains an invalid one, and opens with the examples of the caller', async () => {
    const { page, errors, close } = await open(server.graphqlUrl)
    const problem = getForm(page).locator('[role=alert]')
    expect(await page.content()).not.toMatch(/trueconf|zoom|example\.com/i)
    expect(await page.locator('.graphiql-container').count()).toBe(0)

    await signIn(page, 'wrong')
    await expect.poll(() => problem.textContent(), patient).toContain('rejected')
    await signIn(page, 'reader-key')
    await expect.poll(() => problem.textContent(), patient).toContain('"explore"')
    await signIn(page, 'ключ')
    await expect.poll(() => problem.textContent(), patient).toContain('ASCII')

    await signIn(page, ' Bearer explorer-key ')
    await getEditor(page).waitFor()
    expect(await getForm(page).isVisible()).toBe(false)
    await expect.poll(() => getEditor(page).textContent(), patient).toContain('trueconf')
    expect(await getEditor(page).textContent()).not.toContain('imeetcentral')

    await click(page, getTab(page, 'Users'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Users')
    await page.locator('.graphiql-execute-button').click()
    await expect.poll(() => getResult(page).textContent(), patient).toContain('helen@example.com')
    await click(page, getTab(page, 'Upload'))
    await page.locator('.graphiql-execute-button').click()
    await expect.poll(() => getResult(page).textContent(), patient).toContain('capabilities')

    await page.locator('.graphiql-sidebar button').first().click()
    await expect.poll(() => page.locator('.graphiql-doc-explorer').textContent(), patient).toContain('Query')
    expect(await readStorage(page)).not.toContain('explorer-key')
    expect(page.url()).toBe(server.graphqlUrl)
    expect(errors).toEqual([])
    await close()
  })

  test('forgets the key on a reload, unless the user keeps it for the browser tab', async () => {
    const { page, close } = await open(server.graphqlUrl)
    await signIn(page, 'explorer-key')
    await getEditor(page).waitFor()
    await page.reload()
    await getForm(page).waitFor()
    expect(await page.locator('.graphiql-container').count()).toBe(0)

    await signIn(page, 'explorer-key', true)
    await getEditor(page).waitFor()
    await page.reload()
    await getEditor(page).waitFor()
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('explorer-key')
    const other = await page.context().newPage()
    await other.goto(server.graphqlUrl)
    await getForm(other).waitFor()

    await page.locator('#sign-out').click()
    await getForm(page).waitFor()
    expect(await readStorage(page)).toBe('[{},{}]')
    await close()
  })

  test('does not show the tabs of one caller to the next', async () => {
    const { page, close } = await open(server.graphqlUrl)
    await signIn(page, 'explorer-key')
    await expect.poll(() => getEditor(page).textContent(), patient).toContain('trueconf')
    await page.reload()
    await signIn(page, 'other-key')
    await expect.poll(() => getEditor(page).textContent(), patient).toContain('zoom')
    expect(await getEditor(page).textContent()).not.toContain('trueconf')
    expect(await readStorage(page)).not.toContain('helen')
    await close()
  })

  test('requires a new key when the key is rejected later', async () => {
    const { page, close } = await open(server.graphqlUrl)
    await signIn(page, 'explorer-key', true)
    await getEditor(page).waitFor()
    await page.evaluate(() => sessionStorage.setItem('parley:key', 'withdrawn-key'))
    await page.reload()
    await expect.poll(() => getForm(page).locator('[role=alert]').textContent(), patient).toContain('rejected')
    expect(await readStorage(page)).not.toContain('withdrawn-key')

    await page.route('**/meetings/graphql', (route) =>
      route.fulfill({ status: 401, json: { errors: [{ message: '' }] } }),
    )
    await signIn(page, 'explorer-key', true)
    await getEditor(page).waitFor()
    await expect.poll(() => getForm(page).locator('[role=alert]').textContent(), patient).toContain('expired')
    expect(await readStorage(page)).not.toContain('explorer-key')
    await page.unroute('**/meetings/graphql')
    await signIn(page, 'explorer-key')
    await getForm(page).waitFor({ state: 'hidden' })
    await page.locator('.graphiql-execute-button').click()
    await expect.poll(() => getResult(page).textContent(), patient).toContain('TRUECONF')
    await close()
  })
})

describe('tabs of GraphiQL', () => {
  test.each([1400, 420])('open with the first click in a window of %i pixels', async (width) => {
    const { page, errors, close } = await open(local.graphqlUrl, width)
    await getEditor(page).waitFor()
    const tabs = await listTabs(page)
    await click(page, getTab(page, 'Users'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Users')
    await expect.poll(() => getEditor(page).textContent(), patient).toContain('Users(')

    await page.setViewportSize({ width: width - 60, height: 800 })
    await click(page, getTab(page, 'Accounts'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Accounts')
    await click(page, getTab(page, 'Users'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Users')
    expect(await listTabs(page)).toEqual(tabs)
    expect(errors).toEqual([])
    await close()
  })

  test('are the same after a reload, also if tabs were opened and edited', async () => {
    const { page, close } = await open(local.graphqlUrl)
    await getEditor(page).waitFor()
    const tabs = await listTabs(page)
    const reload = async (): Promise<void> => {
      await page.reload()
      await getEditor(page).waitFor()
      expect(await listTabs(page)).toEqual(tabs)
    }
    await reload()
    await click(page, getTab(page, 'Conferences'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Conferences')
    await getEditor(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.insertText('# edited\n')
    const isStored = () => page.evaluate(() => localStorage.getItem('graphiql:tabState')!.includes('# edited'))
    await expect.poll(isStored, patient).toBe(true)
    expect(page.url()).toBe(local.graphqlUrl)
    await reload()
    expect(await getActiveTab(page)).toBe('Conferences')
    await expect.poll(() => getEditor(page).textContent(), patient).toContain('edited')

    await click(page, getTab(page, 'Users'))
    const isActive = () => page.evaluate(() => JSON.parse(localStorage.getItem('graphiql:tabState')!).activeTabIndex)
    await expect.poll(isActive, patient).toBe(tabs.indexOf('Users'))
    await reload()
    expect(await getActiveTab(page)).toBe('Users')
    await click(page, getTab(page, 'Person'))
    await expect.poll(() => getActiveTab(page), patient).toBe('Person')
    await close()
  })

  test('begin with the query of a link', async () => {
    const { page, close } = await open(
      `${local.graphqlUrl}?query=${encodeURIComponent('query Linked { accounts { key } }')}`,
    )
    await getEditor(page).waitFor()
    expect(await getActiveTab(page)).toBe('Linked')
    expect((await listTabs(page)).slice(0, 2)).toEqual(['Linked', 'Accounts'])
    expect(page.url()).toBe(local.graphqlUrl)
    await expect.poll(() => readStorage(page), patient).toContain('Linked')
    await page.reload()
    await getEditor(page).waitFor()
    expect((await listTabs(page)).filter((title) => title === 'Linked')).toHaveLength(1)
    await close()
  })
})
