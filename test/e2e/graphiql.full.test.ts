import type { Browser, BrowserContext, Page, Request, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Example } from '../../src/http/graphiql/graphiql.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'

let sandboxes: Sandboxes
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  server = await startProcess({ accounts: sandboxes.accounts })
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server.stop('SIGKILL')
  await sandboxes.close()
})

interface Visit {
  page: Page
  context: BrowserContext
  /** Requests to other servers. The browser resolves no host name. */
  outside: string[]
  /** Errors that the page reported. */
  complaints: string[]
}

/** Opens GraphiQL in a new profile of a browser that can reach only this machine. */
async function visit(colorScheme: 'light' | 'dark' = 'light', width = 1400): Promise<Visit> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
  const page = await context.newPage()
  const [outside, complaints]: [string[], string[]] = [[], []]
  const { origin } = new URL(server.graphqlUrl)
  context.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(`${origin}/`) && !/^(data|blob):/.test(address)) outside.push(address)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const introspected = page.waitForResponse((response) => isIntrospection(response.request()))
  await page.goto(server.graphqlUrl)
  await introspected
  await page.locator('.graphiql-query-editor .view-lines').waitFor()
  return { page, context, outside, complaints }
}

interface ReceivedResponse {
  data: Record<string, unknown>
  errors?: unknown[]
}

/** Tabs in the settings of the page. */
async function examplesOf(page: Page): Promise<Example[]> {
  const settings = JSON.parse((await page.locator('#settings').textContent())!) as { defaultTabs: Example[] }
  return settings.defaultTabs
}

/** Runs an example with an ID in its variables, as a user would enter it. */
async function send({ query }: Example, id: string): Promise<ReceivedResponse> {
  const body = JSON.stringify({ query, variables: { id } })
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  return (await response.json()) as ReceivedResponse
}

/** Returns the mutations of a result that did not succeed. */
function failuresIn(data: Record<string, unknown>): unknown[] {
  const payloads = Object.values(data) as { outcome: string; problems: unknown[] }[]
  return payloads.filter(({ outcome, problems }) => outcome !== 'SUCCEEDED' || problems.length > 0)
}

/** Timeout for a busy machine. */
const patient = { timeout: 10_000 }

const isIntrospection = (request: Request): boolean => request.postData()?.includes('IntrospectionQuery') === true

/**
 * Runs the operation in the editor, which contains `text`. Returns the response as it was received. Responses to
 * earlier tabs are ignored.
 */
async function run(page: Page, text: string): Promise<ReceivedResponse> {
  const responses: Response[] = []
  page.on('response', (response) => {
    const request = response.request()
    const isOurs = request.method() === 'POST' && !isIntrospection(request)
    if (isOurs && (request.postDataJSON() as { query: string }).query.includes(text)) responses.push(response)
  })
  await page.locator('.graphiql-query-editor .view-lines').click()
  // The button is pressed until a request is sent, because GraphiQL detects the operation in its editor with a delay.
  const press = async () => {
    await page.keyboard.press('Control+Enter')
    return responses.length
  }
  await expect.poll(press, { interval: 500, timeout: 10_000 }).toBeGreaterThan(0)
  return responses[0]!.json() as Promise<{ data: Record<string, unknown>; errors?: unknown[] }>
}

/** Folder for screenshots. Null if none are saved. */
const shots = process.env['SCREENSHOTS']

test('loads without network access, runs a typed query, and shows its result', async () => {
  const { page, context, outside, complaints } = await visit()
  expect(await page.title()).toBe('Parley')
  await page.locator('.graphiql-tab-add').click()
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  // The text is inserted at once. If it were typed, the editor would add closing brackets.
  await page.keyboard.insertText('{ users(first: 2, filter: { accounts: ["trueconf"] }) { nodes { vendorId } } }')
  const result = await run(page, '')
  expect(result).toEqual({ data: { users: { nodes: [{ vendorId: 'helen' }, { vendorId: 'dean' }] } } })
  const shown = page.locator('.result-window .view-lines')
  await expect.poll(() => shown.textContent(), patient).toContain('helen')
  expect(outside).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

describe('examples', () => {
  test(
    'each has its tab, and runs: as it stands, or with the id that the one before gave',
    { timeout: 60_000 },
    async () => {
      const { page, context, outside, complaints } = await visit()
      const tabs = page.locator('.graphiql-tab')
      const examples = await examplesOf(page)
      await expect.poll(() => tabs.count(), patient).toBe(examples.length)
      const ids: Record<string, string> = {}
      for (const [index, example] of examples.entries()) {
        // With the keyboard, because the mouse would drag a tab that is still moving to its place.
        await tabs.nth(index).locator('button').first().press('Enter')
        const [head, name] = /^(?:query|mutation|subscription) (\w+)/m.exec(example.query) as unknown as [
          string,
          string,
        ]
        expect(await tabs.nth(index).locator('button').first().textContent()).toBe(name)
        const lines = example.query.split('\n')
        expect(lines.filter((line) => line.length > 56)).toEqual([])
        // The editor shows no-break spaces.
        const first = lines[0]!.replaceAll(' ', '\u00a0')
        await expect
          .poll(() => page.locator('.graphiql-query-editor .view-lines').textContent(), patient)
          .toContain(first)
        // test/e2e/graphiql-watch.full.test.ts runs it.
        if (head.startsWith('subscription')) continue
        const takesId = example.variables?.includes('"id"') === true
        const { data, errors } = takesId ? await send(example, ids[name] ?? ids['Create']!) : await run(page, head)
        expect([name, errors]).toEqual([name, undefined])
        expect(JSON.stringify(data).length).toBeGreaterThan(100)
        if (/^mutation/m.test(example.query)) expect(failuresIn(data)).toEqual([])
        if (name === 'Create') {
          const made = data['trueconf'] as { conference: { id: string }; operation: { id: string } }
          Object.assign(ids, { Create: made.conference.id, Operation: made.operation.id })
        }
        if (!takesId) {
          const shown = page.locator('.result-window .view-lines')
          await expect.poll(() => shown.textContent(), patient).toContain(Object.keys(data)[0])
        }
        if (shots) await page.screenshot({ path: `${shots}/graphiql-${index}.png` })
      }
      expect(outside).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})

test('shows the schema beside the editor, and supports a dark theme', async () => {
  const { page, context, complaints } = await visit('dark')
  await page.locator('.graphiql-sidebar button').first().click()
  await page.locator('.graphiql-doc-explorer').waitFor()
  await expect.poll(() => page.locator('.graphiql-doc-explorer').textContent(), patient).toContain('Query')
  const background = await page
    .locator('.graphiql-container')
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor)
  const lightness = background.match(/[\d.]+/g)!.map(Number)
  expect(Math.max(...lightness.slice(0, 3))).toBeLessThan(100)
  if (shots) await page.screenshot({ path: `${shots}/graphiql-dark.png` })
  expect(complaints).toEqual([])
  await context.close()
})

test('begins with a short welcome that lists the accounts, at any width', async () => {
  for (const [scheme, width] of [
    ['light', 1400],
    ['dark', 1400],
    ['light', 420],
    ['dark', 420],
  ] as const) {
    const { page, context, complaints } = await visit(scheme, width)
    const [{ query } = { query: '' }] = await examplesOf(page)
    for (const part of ['zoom (ZOOM)', 'trueconf (TRUECONF)', 'imeetcentral (IMEET_CENTRAL)', 'Bearer'])
      expect(query).toContain(part)
    expect(query).not.toMatch(/https?:|127\.0\.0\.1/)
    expect(query.match(/^#/gm)!.length).toBeLessThanOrEqual(6)
    const editor = page.locator('.graphiql-query-editor')
    await expect.poll(() => editor.textContent(), patient).toContain('Parley')
    expect((await editor.boundingBox())!.width).toBeGreaterThan(300)
    if (shots) await page.screenshot({ path: `${shots}/welcome-${scheme}-${width}.png` })
    const book = page.locator('.graphiql-sidebar button').first()
    await book.click()
    await page.locator('.graphiql-doc-explorer').waitFor()
    expect(await editor.isVisible()).toBe(width > 700)
    if (shots) await page.screenshot({ path: `${shots}/docs-${scheme}-${width}.png` })
    await book.click()
    await editor.waitFor()
    expect(complaints).toEqual([])
    await context.close()
  }
})
